import ArgumentParser

/// The `pillion` command: the webhook server and everything that is done with manifests offline.
@main
struct Pillion: AsyncParsableCommand {
    /// The version of the program.
    static let version = "0.1.0"
    /// When the version was made, as manual pages say it.
    static let date = "November 21, 2026"
    /// The name of the program's file.
    static let programName = "pillion"

    static let configuration = CommandConfiguration(
        commandName: Invocation.name,
        abstract: "Adds approved sidecars to pods: as a mutating admission webhook, and offline by the same engine.",
        discussion: """
            Results are written to standard output, everything else to standard error.
            Exit status: 0 done, 1 a negative answer (denied, findings), 2 bad input or failure, 64 wrong usage.

            Examples:
              \(Invocation.name) catalog list
              \(Invocation.name) inject -f deployment.yaml
            """,
        version: "pillion \(version)",
        subcommands: [
            WebhookCommand.self, InjectCommand.self, DiffCommand.self, UninjectCommand.self, ExplainCommand.self,
            AuditCommand.self, ImpactCommand.self, ReviewCommand.self, LintCommand.self, TestCommand.self,
            CatalogCommand.self, ExportCommand.self, CertsCommand.self, CheckCommand.self, CompletionsCommand.self,
            ManualCommand.self,
        ]
    )
}
