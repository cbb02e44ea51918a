import AdmissionWebhook
import ArgumentParser
import JSON
import KubernetesAPI
import Manifests

/// What an installation without Helm needs, printed instead of serving.
struct ManifestsOptions: ParsableArguments {
    @Flag(help: "Print the manifests of an installation without Helm, and end.")
    var printManifests = false

    @Option(help: ArgumentHelp("For --print-manifests: the Service.", valueName: "name"))
    var service: String = "pillion"

    @Option(help: ArgumentHelp("For --print-manifests: the namespace.", valueName: "name"))
    var namespace: String = "pillion-system"

    @Option(help: ArgumentHelp("For --print-manifests: the image.", valueName: "image"))
    var image: String = "ghcr.io/pillion-dev/pillion:\(Pillion.version)"

    @Option(
        help: ArgumentHelp("For --print-manifests: the authority of the serving certificate, PEM.", valueName: "file")
    )
    var caBundle: String?

    @Flag(help: "For --print-manifests: also the webhook that refuses pods without their sidecars, at /validate.")
    var withValidate = false

    @Flag(help: "For --print-manifests: also the webhook that warns the authors of workloads, at /advise.")
    var withAdvise = false

    /// The manifests as a YAML stream.
    func render(_ command: WebhookCommand) throws -> String {
        let path = try command.catalog.path()
        let loaded = try command.catalog.load()
        var files = JSONObject()
        for file in try CatalogReader.files(path) {
            let name = CatalogReader.baseName(file.name)
            guard files[name] == nil else {
                throw CommandFailure("two catalog files are named \(name), which a ConfigMap cannot hold; rename one")
            }
            files[name] = .string(String(decoding: file.bytes, as: UTF8.self))
        }
        let authority = try caBundle.map { try AuthorityFile.bundle($0) }
        let installation = Installation(
            service: service,
            namespace: namespace,
            image: image,
            authority: authority,
            catalogFiles: files,
            catalog: loaded,
            clientAuthority: command.server.clientCa != nil,
            isGuarding: withValidate,
            isAdvising: withAdvise,
            selfSigned: try selfSigned(command)
        )
        return installation.documents.map {
            "---\n" + $0.comment + String(decoding: YAMLWriter.document($0.value), as: UTF8.self)
        }.joined()
    }

    /// What replicas that make their own certificates need; nil when they do not.
    private func selfSigned(_ command: WebhookCommand) throws -> SelfSignedInstallation? {
        let options = command.selfSigned
        guard options.selfSigned else { return nil }
        var configurations = try options.configurations(service: command.serviceName)
        if (withValidate || withAdvise) && options.selfSignedWebhook.isEmpty {
            configurations.append(.validatingWebhookConfiguration(command.serviceName))
        }
        return SelfSignedInstallation(
            serviceAccount: service,
            namespace: namespace,
            secret: try options.secret(service: command.serviceName, namespace: namespace),
            configurations: configurations
        )
    }
}
