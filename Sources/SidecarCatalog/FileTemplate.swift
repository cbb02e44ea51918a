public import JSON

/// A file that is rendered with the parameters and put into the sidecar's container.
public struct FileTemplate: Sendable {
    /// How the body becomes text.
    public enum Format: String, Sendable, CaseIterable {
        /// A tree, written as YAML.
        case yaml
        /// A tree, written as JSON.
        case json
        /// A string, written as it is.
        case text
    }

    /// The absolute path in the container.
    public let path: String
    /// The path without its last part; never `/`.
    public let directory: String
    /// The last part of the path.
    public let name: String
    /// How the body becomes text.
    public let format: Format
    /// The content.
    public let body: Template

    /// The text of the file: the same for the same body, byte for byte.
    ///
    /// - Parameter rendered: The rendered `body`.
    /// - Returns: UTF-8 text; YAML and JSON end with a line feed.
    public func content(_ rendered: JSONValue) -> String {
        switch format {
        case .text: rendered.string ?? rendered.compactText
        case .json: String(decoding: JSONWriter.pretty(rendered), as: UTF8.self) + "\n"
        case .yaml: BlockYAMLWriter.text(rendered)
        }
    }
}
