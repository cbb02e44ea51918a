import ArgumentParser
import CertificateRotation
import KubernetesAPI

/// Certificates that the replicas make and rotate themselves, through the API server.
struct SelfSignedOptions: ParsableArguments {
    @Flag(help: "Make and rotate the certificates, shared through a Secret, and keep the caBundle of the webhook.")
    var selfSigned = false

    @Option(
        help: ArgumentHelp(
            "For --self-signed: the Secret to share; it must exist. Default: SERVICE-self-signed.",
            valueName: "[namespace/]name"
        )
    )
    var selfSignedSecret: String?

    @Option(
        help: ArgumentHelp(
            "For --self-signed: the Service that the configurations name. Default: that of --service.",
            valueName: "name"
        )
    )
    var selfSignedService: String?

    @Option(
        help: ArgumentHelp(
            "For --self-signed: a webhook configuration to keep, mutating/NAME (or NAME) or validating/NAME; several by "
                + "commas or by repetition. Default: mutating/SERVICE.",
            valueName: "names"
        )
    )
    var selfSignedWebhook: [String] = []

    @Option(help: ArgumentHelp("For --self-signed: one more DNS name; may be repeated.", valueName: "name"))
    var selfSignedDns: [String] = []

    @Option(help: ArgumentHelp("For --self-signed: the validity of an authority.", valueName: "duration"))
    var selfSignedCaValidity: ValidityOption = ValidityOption(seconds: 365 * 86_400)

    @Option(help: ArgumentHelp("For --self-signed: the validity of a serving certificate.", valueName: "duration"))
    var selfSignedValidity: ValidityOption = ValidityOption(seconds: 90 * 86_400)

    @Option(
        help: ArgumentHelp(
            "For --self-signed: how long an authority is published before it is relied on.",
            valueName: "duration"
        )
    )
    var selfSignedGrace: ValidityOption = ValidityOption(seconds: 60)

    @Option(
        help: ArgumentHelp("For --self-signed: where token, ca.crt and namespace lie.", valueName: "folder")
    )
    var serviceAccount: String = ClusterAccess.standardFolder

    func validate() throws {
        _ = try configurations(service: "pillion")
        _ = try secret(service: "pillion", namespace: "pillion-system")
        if let name = selfSignedService, !ObjectReference.isName(name) {
            throw ValidationError("--self-signed-service \(name) is not the name of a Service")
        }
        for name in selfSignedDns where !ObjectReference.isName(name) {
            throw ValidationError("--self-signed-dns \(name) is not a DNS name")
        }
        guard selfSignedValidity.seconds >= 10, selfSignedCaValidity.seconds >= selfSignedValidity.seconds else {
            throw ValidationError(
                "--self-signed-validity must be 10s or more, and --self-signed-ca-validity not less than it"
            )
        }
        guard selfSignedGrace.seconds < selfSignedCaValidity.seconds / 3 else {
            throw ValidationError("--self-signed-grace must be less than a third of --self-signed-ca-validity")
        }
    }

    /// The Secret that is shared.
    func secret(service: String, namespace: String) throws -> ObjectReference {
        let text = selfSignedSecret ?? "\(service)-self-signed"
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let names = (parts.count == 1 ? [namespace] : []) + parts
        guard names.count == 2, let space = names.first, let name = names.last,
            ObjectReference.isName(space), ObjectReference.isName(name)
        else { throw ValidationError("--self-signed-secret must be NAMESPACE/NAME or NAME") }
        return .secret(name, in: space)
    }

    /// The webhook configurations that are kept.
    func configurations(service: String) throws -> [ObjectReference] {
        let names = selfSignedWebhook.isEmpty ? [service] : selfSignedWebhook
        return try names.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let kind = parts.count == 1 ? "mutating" : parts.first
            guard let name = parts.last, ObjectReference.isName(name), parts.count <= 2 else {
                throw ValidationError("--self-signed-webhook \(text) is not mutating/NAME or validating/NAME")
            }
            switch kind {
            case "mutating": return .mutatingWebhookConfiguration(name)
            case "validating": return .validatingWebhookConfiguration(name)
            default: throw ValidationError("--self-signed-webhook \(text) is not mutating/NAME or validating/NAME")
            }
        }
    }

    /// The lifetimes, with a place in the jitter of its own for every process.
    var policy: RotationPolicy {
        RotationPolicy(
            authorityLifetime: selfSignedCaValidity.seconds,
            servingLifetime: selfSignedValidity.seconds,
            grace: selfSignedGrace.seconds,
            jitter: Double.random(in: 0...1)
        )
    }
}
