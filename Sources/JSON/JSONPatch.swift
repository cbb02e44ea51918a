/// A JSON Patch (RFC 6902): operations that turn one document into another.
public struct JSONPatch: Sendable, Equatable {
    /// One operation of a patch (RFC 6902 section 4).
    public enum Operation: Sendable, Equatable {
        /// Inserts into an array, or sets a member of an object.
        case add(path: JSONPointer, value: JSONValue)
        /// Removes what is there.
        case remove(path: JSONPointer)
        /// Replaces what is there.
        case replace(path: JSONPointer, value: JSONValue)
        /// Removes from one place and adds at another.
        case move(from: JSONPointer, path: JSONPointer)
        /// Copies from one place to another.
        case copy(from: JSONPointer, path: JSONPointer)
        /// Fails the whole patch unless the value is there.
        case test(path: JSONPointer, value: JSONValue)
    }

    /// The operations, applied one after the other.
    public var operations: [Operation]

    /// Makes a patch.
    public init(_ operations: [Operation] = []) {
        self.operations = operations
    }

    /// The same patch for a document that has the patched one at `pointer`.
    public func moved(below pointer: JSONPointer) -> JSONPatch {
        JSONPatch(operations.map { $0.moved(below: pointer) })
    }

    /// The document that results; the patch applies as a whole or not at all (RFC 6902 section 5).
    ///
    /// - Parameter document: The document to patch; it is not changed and shares what the patch does not touch.
    /// - Returns: The patched document.
    /// - Throws: The error of the first operation that fails, with its index.
    public func applied(to document: JSONValue) throws(JSONPatchError) -> JSONValue {
        var document = document
        var index = 0
        while index < operations.count {
            let end = endOfAdditions(from: index)
            do throws(JSONPatchError) {
                if end > index + 1 {
                    try document.add(operations[index..<end])
                } else {
                    try document.apply(operations[index])
                }
            } catch {
                throw JSONPatchError(code: error.code, reason: error.reason, operation: index + error.operation)
            }
            index = end
        }
        return document
    }

    /// The end of the additions to one parent that begin with an operation; that of the operation when it is none.
    private func endOfAdditions(from start: Int) -> Int {
        guard case .add(let first, _) = operations[start] else { return start + 1 }
        for index in (start + 1)..<max(start + 1, operations.count) {
            guard case .add(let path, _) = operations[index], path.isSibling(of: first) else { return index }
        }
        return operations.count
    }
}

extension JSONPatch {
    /// The patch as the JSON array of RFC 6902 section 3.
    public var json: JSONValue {
        .array(operations.map(\.json))
    }

    /// Reads a patch from its JSON form.
    public init(json: JSONValue) throws(JSONPatchError) {
        guard let elements = json.array else {
            throw JSONPatchError(code: .malformed, reason: "a patch is an array of operations", operation: 0)
        }
        var operations: [Operation] = []
        for (index, element) in elements.enumerated() {
            operations.append(try Operation(json: element, index: index))
        }
        self.init(operations)
    }
}
