import JSON
import ManifestInjection
import Manifests
import Reports

/// Writes changed files to standard output, each as soon as it is there.
struct InjectedFileWriter {
    /// What is written of a file.
    enum Format {
        /// Its text, in its own notation.
        case text
        /// Its text, in YAML.
        case yaml
        /// Its documents as JSON.
        case json
        /// The changes as JSON Patch: of one document its operations, of several a list with their places.
        case patch
        /// The changes in the unified format.
        case diff(label: String)
    }

    private let format: Format
    private var stream = ManifestStream()
    /// The first patch, until it is known whether it is the only one.
    private var first: (name: String, patch: InjectedFile.DocumentPatch)?
    private var isList = false

    /// Makes a writer.
    init(_ format: Format) {
        self.format = format
    }

    /// Writes a file.
    mutating func write(_ file: InjectedFile) throws {
        switch format {
        case .text: try Console.write(stream.next(file.text))
        case .yaml: try Console.write(stream.next(file.yaml))
        case .json:
            for value in file.values where !value.isNull {
                try Console.write(JSONWriter.pretty(value) + [0x0A])
            }
        case .patch:
            for patch in file.patches { try write(patch, of: file.name) }
        case .diff(let label): try Console.write(file.diff(label: label))
        }
    }

    /// Writes what is left when every file is written.
    mutating func finish() throws {
        guard case .patch = format else { return }
        if isList {
            try Console.write("\n]\n")
        } else if let first {
            try Console.write(JSONWriter.pretty(first.patch.patch.json) + [0x0A])
        } else {
            try Console.write("[]\n")
        }
    }

    private mutating func write(_ patch: InjectedFile.DocumentPatch, of name: String) throws {
        guard let first else {
            first = (name, patch)
            return
        }
        if !isList {
            isList = true
            try Console.write("[\n\(Self.entry(first.patch, of: first.name))")
        }
        try Console.write(",\n\(Self.entry(patch, of: name))")
    }

    private static func entry(_ document: InjectedFile.DocumentPatch, of name: String) -> String {
        let entry: JSONValue = [
            "file": .string(name), "document": .integer(document.index), "patch": document.patch.json,
        ]
        let lines = String(decoding: JSONWriter.pretty(entry), as: UTF8.self).split(separator: "\n")
        return lines.map { "  \($0)" }.joined(separator: "\n")
    }
}
