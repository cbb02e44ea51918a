/// Why a case cannot be tried.
public struct GoldenError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// A file cannot be read.
        case unreadable
        /// The options are not what they should be.
        case options
        /// There is no pod in what goes in.
        case noPod
        /// Something in the place of a pod is none.
        case notAPod
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people.
    public let reason: String
    /// The file and the place in it.
    public let location: String

    /// Makes an error.
    public init(code: Code, reason: String, location: String) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Whether two errors have the same code and location.
    public static func == (left: GoldenError, right: GoldenError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension GoldenError: CustomStringConvertible {
    /// The place and the reason.
    public var description: String { "\(location): \(reason)" }
}
