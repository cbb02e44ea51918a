import JSON
import Manifests
import Reports

extension InjectedFile {
    /// What a person should know about how a text was edited.
    static func notes(on edited: EditedManifest, of file: ManifestFile) -> [String] {
        edited.rewrites.map { rewrite in
            "\(file.name): document \(rewrite.index + 1) is written anew, without its comments: \(rewrite.reason)"
        }
    }

    /// The change of the text in the unified format, coloured for a terminal; empty when nothing changes.
    func diff(label: String) -> String {
        UnifiedDiff.text(
            original,
            text,
            names: (name, "\(name)\t\(label)"),
            style: TextStyle(isColored: Console.isColored)
        )
    }

    /// Writes files to standard output, each in its own notation or all in YAML.
    static func write(_ files: [InjectedFile], asYAML: Bool) throws {
        for (index, file) in files.enumerated() {
            let text = asYAML ? file.yaml : file.text
            if index > 0 { try Console.write(separator(before: text)) }
            try Console.write(text)
        }
    }

    /// Writes every document to standard output as JSON.
    static func writeJSON(_ files: [InjectedFile]) throws {
        for value in files.flatMap(\.values) where !value.isNull {
            try Console.write(JSONWriter.pretty(value) + [0x0A])
        }
    }

    /// Writes the files that change back to where they came from.
    ///
    /// - Throws: A failure before anything is written when one of them is standard input.
    static func replace(_ files: [InjectedFile]) throws {
        guard !files.contains(where: { $0.name == ManifestSource.standardInput }) else {
            throw CommandFailure("standard input cannot be changed in place; name files")
        }
        for file in files where file.text != file.original {
            try OutputFile.replace(file.name, with: file.text)
        }
    }
}
