import ArgumentParser

/// The `pillion` command: the webhook server and everything that is done with manifests offline.
@main
struct Pillion: AsyncParsableCommand {
    /// The version of the program.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "pillion",
        abstract: "Adds approved sidecars to pods: as a mutating admission webhook, and offline by the same engine.",
        discussion: """
            Results are written to standard output, everything else to standard error.
            Exit status: 0 done, 1 a negative answer (denied, findings), 2 bad input or failure, 64 wrong usage.
            """,
        version: "pillion \(version)",
        subcommands: [
            WebhookCommand.self, InjectCommand.self, DiffCommand.self, UninjectCommand.self, ExplainCommand.self,
            AuditCommand.self, ImpactCommand.self, ReviewCommand.self, LintCommand.self, TestCommand.self,
            CatalogCommand.self, CertsCommand.self,
        ]
    )
}
