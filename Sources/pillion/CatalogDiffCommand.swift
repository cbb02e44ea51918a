import AdmissionWebhook
import ArgumentParser
import JSON
import SidecarCatalog

/// Says what differs between two catalogs, in the terms of catalogs.
struct CatalogDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what differs between two catalogs: sidecars, versions, parameters, defaults, images, policy.",
        discussion: """
            Exit status: 0 nothing, 1 they differ, 2 one of them cannot be used.

            Example:
              pillion catalog diff old/ new/
            """
    )

    @Argument(help: "The old catalog: a file or a folder.")
    var old: String

    @Argument(help: "The new catalog: a file or a folder.")
    var new: String

    @Option(name: [.short, .customLong("output")], help: "text or json.")
    var output: CatalogCommand.Format = .text

    func run() throws {
        try Console.run {
            let comparison = CatalogComparison(old: try documents(old), new: try documents(new))
            try Console.write(output == .json ? json(comparison.changes) : text(comparison.changes))
            guard comparison.changes.isEmpty else { throw ExitStatus.negative }
        }
    }

    private func documents(_ path: String) throws -> [CatalogDocument] {
        let reading = CatalogReader.read(path)
        guard reading.catalog != nil else {
            throw CommandFailure("the catalog \(path) cannot be used\n\(reading.problems)")
        }
        return reading.documents
    }

    private func text(_ changes: [CatalogChange]) -> String {
        var lines: [String] = []
        var subject: String?
        for change in changes {
            let own = change.sidecar ?? "(policy)"
            if own != subject { lines.append(own) }
            subject = own
            lines.append("  " + line(change))
        }
        return lines.map { "\($0)\n" }.joined()
    }

    private func line(_ change: CatalogChange) -> String {
        let place = [change.version, change.path.tokens.isEmpty ? nil : change.path.description].compactMap(\.self)
            .joined(separator: " ")
        switch change.kind {
        case .sidecarAdded: return "+ new sidecar"
        case .sidecarRemoved: return "- no longer there"
        case .versionAdded: return "+ version \(place)"
        case .versionRemoved: return "- version \(place)"
        default: break
        }
        switch (change.old, change.new) {
        case (nil, let new?): return "+ \(place): \(shown(new))"
        case (let old?, nil): return "- \(place): \(shown(old))"
        default: return "~ \(place): \(shown(change.old ?? .null)) -> \(shown(change.new ?? .null))"
        }
    }

    /// A value on one line, shortened.
    private func shown(_ value: JSONValue) -> String {
        let text = value.compactText
        return text.count > 120 ? text.prefix(120) + "…" : text
    }

    private func json(_ changes: [CatalogChange]) -> String {
        let values = changes.map { change -> JSONValue in
            [
                "kind": .string(change.kind.rawValue), "sidecar": change.sidecar.map { .string($0) } ?? .null,
                "version": change.version.map { .string($0) } ?? .null, "path": .string(change.path.description),
                "old": change.old ?? .null, "new": change.new ?? .null,
            ]
        }
        return String(decoding: JSONWriter.pretty(.array(values)), as: UTF8.self) + "\n"
    }
}
