import ArgumentParser
import CatalogLint
import JSON

/// Prints the JSON Schema of a catalog's documents.
struct CatalogSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema (draft 2020-12) of both kinds of documents.",
        discussion: """
            An editor completes and checks a file that begins with
              # yaml-language-server: $schema=catalog.schema.json

            Example:
              pillion catalog schema > catalog.schema.json
            """
    )

    func run() throws {
        try Console.run {
            try Console.write(JSONWriter.pretty(CatalogSchema.document) + Array("\n".utf8))
        }
    }
}
