import JSON

/// An element that is added to one of a pod's lists: a container, a volume, a mount, a variable or a pull secret.
///
/// A class, since it never changes and goes from list to list: a reference is counted once, its parts one by one.
final class RenderedElement: Sendable {
    /// What tells it from the others in its list: its name, or the path of a mount.
    let key: String
    /// All of it.
    let object: JSONObject
    /// The object with its text.
    let fragment: JSONFragment

    /// Takes an element whose member `identifier` tells it from others; without one it has the empty key.
    init(_ object: JSONObject, by identifier: String = "name") {
        key = object[identifier]?.string ?? ""
        self.object = object
        fragment = JSONFragment(.object(object))
    }
}
