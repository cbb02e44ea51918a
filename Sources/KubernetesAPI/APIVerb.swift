/// What is asked of the API server, as rules of a Role name it.
public enum APIVerb: String, Sendable {
    /// Read one object.
    case get
    /// Replace one object.
    case update
    /// Change parts of one object.
    case patch
    /// Follow the changes of objects.
    case watch
}
