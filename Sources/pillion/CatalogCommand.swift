import ArgumentParser

/// Looks into a catalog, and compares two.
struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog",
        abstract: "Look into a catalog.",
        discussion: """
            Example:
              pillion catalog list --catalog catalog/
            """,
        subcommands: [
            CatalogListCommand.self, CatalogShowCommand.self, CatalogDocsCommand.self, CatalogSchemaCommand.self,
            CatalogDiffCommand.self,
        ],
        defaultSubcommand: CatalogListCommand.self
    )

    /// How a catalog is shown.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }
}
