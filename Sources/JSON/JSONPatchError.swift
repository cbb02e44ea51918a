/// Why a patch could not be read or applied.
public struct JSONPatchError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// The operation is not one of RFC 6902.
        case malformed
        /// A place that must exist does not.
        case missing
        /// A `test` operation found another value.
        case testFailed
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people.
    public let reason: String
    /// Which operation failed, counted from 0.
    public let operation: Int

    /// Makes an error.
    public init(code: Code, reason: String, operation: Int = 0) {
        self.code = code
        self.reason = reason
        self.operation = operation
    }

    /// The error of an operation whose place does not exist.
    static func missing(_ path: JSONPointer) -> JSONPatchError {
        JSONPatchError(code: .missing, reason: "there is nothing at '\(path)'")
    }

    /// Whether two errors have the same code and place.
    public static func == (left: JSONPatchError, right: JSONPatchError) -> Bool {
        left.code == right.code && left.operation == right.operation
    }
}

extension JSONPatchError: CustomStringConvertible {
    /// The reason and the operation.
    public var description: String {
        "\(reason) (operation \(operation))"
    }
}
