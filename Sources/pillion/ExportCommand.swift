import ArgumentParser
import JSON
import Manifests

/// Writes objects for the API server itself, made from a catalog.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write policies and the webhook configuration for the API server, made from a catalog.",
        discussion: """
            Nothing is applied. Exit status: 0 done, 1 there is nothing to export, 2 bad input.

            Example:
              pillion export vap --catalog catalog/ | kubectl apply -f -
            """,
        subcommands: [ExportValidatingCommand.self, ExportMutatingCommand.self, ExportWebhookCommand.self]
    )

    /// The notation of the objects.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case yaml, json
    }

    /// Writes objects: as a YAML stream with a comment above it, or as one JSON document, a List where there are several.
    static func write(_ documents: [JSONValue], comment: String = "", as format: Format) throws {
        switch format {
        case .yaml: try Console.write(Array(comment.utf8) + YAMLWriter.stream(documents))
        case .json:
            let list: JSONValue = ["apiVersion": "v1", "kind": "List", "items": .array(documents)]
            let only = documents.count == 1 ? documents.first : nil
            try Console.write(JSONWriter.pretty(only ?? list) + [0x0A])
        }
    }
}
