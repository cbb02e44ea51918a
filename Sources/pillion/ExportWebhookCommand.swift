import ArgumentParser
import ClusterPolicies

/// Writes the configuration by which the API server calls the webhook.
struct ExportWebhookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Write the MutatingWebhookConfiguration for a Service or a URL.",
        discussion: """
            It is the one that `pillion webhook --print-manifests` prints among other objects.
            Exit status: 0 done, 2 bad input.

            Example:
              pillion export webhook --service pillion-system/pillion --ca-bundle certs/ca.crt | kubectl apply -f -
            """
    )

    @OptionGroup var catalog: CatalogOptions

    @Option(help: ArgumentHelp("The address of a webhook outside of the cluster.", valueName: "https-url"))
    var url: String?

    @Option(
        help: ArgumentHelp("The Service of the webhook; port 443 unless named.", valueName: "namespace/name[:port]")
    )
    var service: String?

    @Option(
        help: ArgumentHelp("The authority of the serving certificate, PEM.", valueName: "file"),
        completion: .file(extensions: ["crt", "pem"])
    )
    var caBundle: String?

    @Option(help: ArgumentHelp("The configuration's name.", valueName: "name"))
    var name: String = "pillion"

    @Option(name: [.short, .customLong("output")], help: "yaml or json.")
    var output: ExportCommand.Format = .yaml

    func validate() throws {
        guard (url == nil) != (service == nil) else { throw ValidationError("name one of --url and --service") }
    }

    func run() throws {
        try Console.run {
            let client = try PolicyOptions.Failure.describing { () throws(PolicyError) in
                if let url { return try WebhookClient(url: url) }
                return try WebhookClient(service: service ?? "")
            }
            var ownNamespace: String?
            if case .service(let namespace, _, _) = client { ownNamespace = namespace }
            let settings = try PolicyOptions.Failure.describing { () throws(PolicyError) in
                try PolicySettings(name: name, ownNamespace: ownNamespace)
            }
            let authority = try caBundle.map { try AuthorityFile.bundle($0) }
            let webhook = MutatingWebhook(
                name: settings.name,
                client: client,
                authority: authority,
                catalog: try catalog.load(),
                ownNamespace: settings.ownNamespace
            )
            let comment = authority == nil ? AuthorityFile.missing : ""
            try ExportCommand.write([webhook.document], comment: comment, as: output)
        }
    }
}
