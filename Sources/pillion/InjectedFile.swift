import JSON
import Manifests

/// A manifest file after its pods were changed.
struct InjectedFile {
    /// The change of one document.
    struct DocumentPatch {
        /// The document's number in the file, counted from 0.
        let index: Int
        /// The change of the document as a whole.
        let patch: JSONPatch
    }

    /// The file's name.
    let name: String
    /// The text as it was read.
    let original: [UInt8]
    /// The text with what changed.
    let text: [UInt8]
    /// Every document, changed or not.
    let values: [JSONValue]
    /// The change of every document that holds a pod.
    let patches: [DocumentPatch]
    /// What happened to each pod, a line each.
    let report: [String]
    /// Whether the file is written in JSON.
    let isJSON: Bool
    /// Whether a pod is denied.
    let isDenied: Bool

    /// The text in YAML: as it is where it is YAML, else every document written as such.
    var yaml: [UInt8] {
        isJSON ? YAMLWriter.stream(values.filter { !$0.isNull }) : text
    }

    /// What has to stand between a file's text and the one before it.
    static func separator(before text: [UInt8]) -> String {
        text.starts(with: Array("---".utf8)) ? "" : "---\n"
    }
}
