public import JSON
import Manifests

/// A manifest file after its pods were changed.
public struct InjectedFile: Sendable {
    /// The change of one document.
    public struct DocumentPatch: Sendable {
        /// The document's number in the file, counted from 0.
        public let index: Int
        /// The change of the document as a whole.
        public internal(set) var patch: JSONPatch
    }

    /// The file's name.
    public let name: String
    /// The text as it was read.
    public let original: [UInt8]
    /// The text with what changed.
    public let text: [UInt8]
    /// Every document, changed or not.
    public let values: [JSONValue]
    /// The change of every document that holds a pod.
    public let patches: [DocumentPatch]
    /// What happened to each pod.
    public let reports: [WorkloadReport]
    /// Whether the file is written in JSON.
    public let isJSON: Bool
    /// Whether a pod is denied.
    public let isDenied: Bool
    /// Whether the file is written although a pod is denied: a `ResourceList`, which says so in its results.
    public let isWrittenWhenDenied: Bool

    /// The text in YAML: as it is where it is YAML, else every document written as such.
    public var yaml: [UInt8] {
        isJSON ? YAMLWriter.stream(values.filter { !$0.isNull }) : text
    }

    /// Whether anything is different.
    public var isChanged: Bool { text != original }

    init(
        _ file: ManifestFile,
        values: [JSONValue],
        patches: [DocumentPatch],
        reports: [WorkloadReport],
        isWrittenWhenDenied: Bool = false
    ) {
        let edits = zip(file.documents, values).filter { $0.value != $1 }
            .map { DocumentEdit(index: $0.index, value: $1) }
        let edited = file.applying(edits)
        name = file.name
        original = file.bytes
        text = edited.bytes
        self.values = values
        self.patches = patches
        let rewrites = edited.rewrites.map { rewrite in
            let text = "document \(rewrite.index + 1) is written anew, without its comments: \(rewrite.reason)"
            return WorkloadReport(.warning, at: ManifestLocation(file: file.name), text)
        }
        self.reports = reports + rewrites
        isJSON = file.documents.contains { $0.format == .json }
        isDenied = reports.contains { $0.severity == .error }
        self.isWrittenWhenDenied = isWrittenWhenDenied
    }
}
