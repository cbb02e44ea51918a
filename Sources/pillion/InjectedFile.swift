import JSON
import Manifests

/// A manifest file after injection.
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
    /// The text with what changed.
    let text: [UInt8]
    /// Every document, changed or not.
    let values: [JSONValue]
    /// The change of every document that holds a pod.
    let patches: [DocumentPatch]
    /// What happened to each pod, a line each.
    let report: [String]
    /// Whether a pod is denied.
    let isDenied: Bool

    /// What has to stand between the text of a file and that of the one before it.
    static func separator(before file: InjectedFile) -> String {
        file.text.starts(with: Array("---".utf8)) ? "" : "---\n"
    }
}
