import JSON

/// An annotation or a label that is added to a pod.
///
/// A class for the reason that ``RenderedElement`` is one.
final class MetadataEntry: Sendable {
    let key: String
    let value: String
    /// The value with its text.
    let fragment: JSONFragment

    init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
        fragment = JSONFragment(value)
    }
}
