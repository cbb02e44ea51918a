import JSON

/// One line of a watch (Kubernetes API concepts, "Efficient detection of changes").
enum WatchEvent: Sendable, Equatable {
    /// The object was added, modified or deleted.
    case changed(resourceVersion: String?)
    /// Nothing has happened up to a resource version.
    case bookmark(resourceVersion: String?)
    /// The watch cannot go on; the code of its `Status`.
    case failed(code: Int)
    /// A line that makes no sense.
    case malformed

    /// Reads a line.
    init(line: [UInt8]) {
        guard let event = try? JSONParser.parse(line), let type = event["type"]?.string else {
            self = .malformed
            return
        }
        let version = event["object"]?["metadata"]?["resourceVersion"]?.string
        switch type {
        case "ADDED", "MODIFIED", "DELETED": self = .changed(resourceVersion: version)
        case "BOOKMARK": self = .bookmark(resourceVersion: version)
        case "ERROR": self = .failed(code: event["object"]?["code"]?.integer ?? 500)
        default: self = .malformed
        }
    }
}
