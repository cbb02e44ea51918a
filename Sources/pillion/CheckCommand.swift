import AdmissionWebhook
import ArgumentParser
import Injection
import JSON
import Manifests
import OpenSSL
import SetupCheck
import SidecarCatalog

/// Looks at everything that a webhook needs before it is needed.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check an installation: certificate, catalog, addresses and webhook configuration.",
        discussion: """
            Takes the settings of `pillion webhook` by flag, environment and file, and looks at what they name; asks
            nobody but the addresses themselves. Webhook configurations come from files, such as the output of
            `kubectl get mutatingwebhookconfigurations,validatingwebhookconfigurations -o yaml`.
            Exit status: 0 all is well or could be better, 1 something does not work, 2 nothing could be looked at.

            Example:
              kubectl get mutatingwebhookconfigurations -o yaml | pillion check --tls-cert tls.crt --tls-key tls.key -f -
            """
    )

    /// How the results are shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var settings: WebhookCommand

    @Option(
        name: [.short, .customLong("filename")],
        help: ArgumentHelp(
            "A file or folder with webhook configurations, or - for standard input. Repeatable.",
            valueName: "path"
        )
    )
    var filenames: [String] = []

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output: Format = .text

    func run() async throws {
        var results: [CheckResult] = []
        if settings.selfSigned.selfSigned {
            let detail = "with --self-signed the certificate is in a Secret, which is not asked for"
            results.append(CheckResult(.tlsFiles, .skipped, "", detail))
        }
        let certificate = settings.server.tlsCert ?? CertificateFolder(path: DevelopmentCertificate.folder).certificate
        let check = CertificateCheck(
            certificate: certificate,
            key: settings.server.tlsKey ?? CertificateFolder(path: DevelopmentCertificate.folder).key,
            authorities: settings.server.clientCa,
            revocations: settings.server.clientCrl,
            now: CertificateFolder.now
        )
        let (found, chain) = settings.selfSigned.selfSigned ? ([], nil) : check.run()
        results += found
        results.append(catalog())
        results += await AddressCheck(chain: chain).run(settings.server)
        results += try Console.run { try webhooks(chain, certificate) }
        results.append(cluster())
        let report = CheckReport(results)
        try Console.run {
            try Console.write(output == .json ? report.json : report.text(isColored: Console.isColored))
            guard !report.hasFailures else { throw ExitStatus.negative }
        }
    }

    private func catalog() -> CheckResult {
        do {
            let path = try settings.catalog.path()
            let reading = CatalogReader.read(path)
            guard let catalog = reading.catalog else {
                let hint = "`pillion lint \(path)` says more"
                return CheckResult(.catalog, .failed, path, reading.problems, hint: hint)
            }
            return CheckResult(.catalog, .passed, path, "\(catalog.name), \(catalog.sidecars.count) sidecars")
        } catch {
            let message = (error as? CommandFailure)?.message ?? "\(error)"
            return CheckResult(.catalog, .failed, "", message, hint: "name one with --catalog")
        }
    }

    private func webhooks(_ chain: CertificateChain?, _ certificate: String) throws -> [CheckResult] {
        guard !filenames.isEmpty else {
            let hint = "name the files with -f to have them looked at"
            return [CheckResult(.webhookTarget, .skipped, "", "no webhook configuration is given", hint: hint)]
        }
        let check = WebhookConfigurationCheck(chain: chain, path: certificate)
        var results: [CheckResult] = []
        for document in try ManifestSource(filenames).documents() {
            for (object, place) in Self.objects(document) where WebhookConfigurationCheck.concerns(object) {
                results += check.run(object, at: place)
            }
        }
        guard !results.isEmpty else {
            throw CommandFailure("there is no webhook configuration in \(filenames.joined(separator: ", "))")
        }
        return results
    }

    /// The objects of a document, those of a List one by one.
    private static func objects(_ document: ManifestDocument) -> [(JSONValue, String)] {
        let isList = document.value["kind"]?.string?.hasSuffix("List") ?? false
        let items = isList ? document.value["items"]?.array : nil
        return (items ?? [document.value]).map { ($0, "\(document.location(of: JSONPointer()))") }
    }

    private func cluster() -> CheckResult {
        guard let version = settings.engine.clusterVersion else {
            let detail = "--cluster-version is not given, so native sidecars are taken for granted"
            return CheckResult(.clusterVersion, .skipped, "", detail, hint: "give it: `kubectl version` prints it")
        }
        guard version >= .nativeSidecars else {
            let detail = "\(version) has no native sidecars: plain containers are added where the catalog allows it"
            return CheckResult(.clusterVersion, .warned, "\(version)", detail, hint: "use 1.29 or later")
        }
        return CheckResult(.clusterVersion, .passed, "\(version)", "")
    }
}
