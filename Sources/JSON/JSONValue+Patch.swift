extension JSONValue {
    /// Applies one operation in place; after an error the value is worth nothing.
    mutating func apply(_ operation: JSONPatch.Operation) throws(JSONPatchError) {
        switch operation {
        case .add(let path, let value):
            try add(value, at: path)
        case .remove(let path):
            try remove(at: path)
        case .replace(let path, let value):
            try replace(at: path, with: value)
        case .move(let from, let path):
            let value = try existing(at: from)
            guard from != path else { return }
            guard !path.tokens.starts(with: from.tokens) else {
                throw JSONPatchError(code: .malformed, reason: "'\(from)' cannot move into itself")
            }
            try remove(at: from)
            try add(value, at: path)
        case .copy(let from, let path):
            try add(try existing(at: from), at: path)
        case .test(let path, let value):
            guard try existing(at: path) == value else {
                throw JSONPatchError(code: .testFailed, reason: "the value at '\(path)' is another")
            }
        }
    }

    /// The members, when the value is an object, which is `null` then: whoever changes them is the only one to hold them.
    private mutating func takeObject() -> JSONObject? {
        guard case .object(let object) = self else { return nil }
        self = .null
        return object
    }

    /// The elements, when the value is an array, which is `null` then.
    private mutating func takeArray() -> [JSONValue]? {
        guard case .array(let array) = self else { return nil }
        self = .null
        return array
    }

    private func existing(at path: JSONPointer) throws(JSONPatchError) -> JSONValue {
        guard let value = self[path] else { throw JSONPatchError.missing(path) }
        return value
    }

    private mutating func add(_ value: JSONValue, at path: JSONPointer) throws(JSONPatchError) {
        try withParent(of: path, root: value) { parent, token throws(JSONPatchError) in
            try parent.insert(value, at: token, path)
        }
    }

    /// Adds several values to one parent, to which the way is gone once.
    ///
    /// - Parameter additions: `add` operations whose paths have the same parent.
    /// - Throws: What is wrong with one of them, with its place among them as the operation.
    mutating func add(_ additions: ArraySlice<JSONPatch.Operation>) throws(JSONPatchError) {
        guard case .add(let first, _) = additions.first else { return }
        try descend(first.tokens.dropLast(), first) { parent throws(JSONPatchError) in
            for index in additions.indices {
                guard case .add(let path, let value) = additions[index], let token = path.tokens.last else { continue }
                do throws(JSONPatchError) {
                    try parent.insert(value, at: token, path)
                } catch {
                    let place = index - additions.startIndex
                    throw JSONPatchError(code: error.code, reason: error.reason, operation: place)
                }
            }
        }
    }

    /// Adds a member or element.
    private mutating func insert(
        _ value: JSONValue,
        at token: String,
        _ path: JSONPointer
    ) throws(JSONPatchError) {
        if var object = takeObject() {
            object[token] = value
            self = .object(object)
        } else if var array = takeArray() {
            let index = token == "-" ? array.count : JSONPointer.arrayIndex(token, below: array.count + 1)
            guard let index else { throw JSONPatchError.missing(path) }
            array.insert(value, at: index)
            self = .array(array)
        } else {
            throw JSONPatchError.missing(path)
        }
    }

    private mutating func remove(at path: JSONPointer) throws(JSONPatchError) {
        try withParent(of: path, root: .null) { parent, token throws(JSONPatchError) in
            if var object = parent.takeObject() {
                guard object.index(of: token) != nil else { throw JSONPatchError.missing(path) }
                object[token] = nil
                parent = .object(object)
            } else if var array = parent.takeArray() {
                guard let index = JSONPointer.arrayIndex(token, below: array.count) else {
                    throw JSONPatchError.missing(path)
                }
                array.remove(at: index)
                parent = .array(array)
            } else {
                throw JSONPatchError.missing(path)
            }
        }
    }

    private mutating func replace(at path: JSONPointer, with value: JSONValue) throws(JSONPatchError) {
        try withParent(of: path, root: value) { parent, token throws(JSONPatchError) in
            if var object = parent.takeObject() {
                guard let index = object.index(of: token) else { throw JSONPatchError.missing(path) }
                object.members[index].value = value
                parent = .object(object)
            } else if var array = parent.takeArray() {
                guard let index = JSONPointer.arrayIndex(token, below: array.count) else {
                    throw JSONPatchError.missing(path)
                }
                array[index] = value
                parent = .array(array)
            } else {
                throw JSONPatchError.missing(path)
            }
        }
    }

    /// Runs `body` on what contains the place `path`, with the last token; the whole document becomes `root` instead
    /// when the path is empty.
    private mutating func withParent(
        of path: JSONPointer,
        root: JSONValue,
        _ body: (inout JSONValue, String) throws(JSONPatchError) -> Void
    ) throws(JSONPatchError) {
        guard let last = path.tokens.last else {
            self = root
            return
        }
        try descend(path.tokens.dropLast(), path, { value throws(JSONPatchError) in try body(&value, last) })
    }

    /// Runs `body` on the value below `tokens`.
    ///
    /// Each level is taken out while it changes, so that a level which nothing else refers to is changed in place.
    private mutating func descend(
        _ tokens: ArraySlice<String>,
        _ path: JSONPointer,
        _ body: (inout JSONValue) throws(JSONPatchError) -> Void
    ) throws(JSONPatchError) {
        guard let token = tokens.first else { return try body(&self) }
        if var object = takeObject() {
            guard let index = object.index(of: token) else { throw JSONPatchError.missing(path) }
            defer { self = .object(object) }
            try object.members[index].value.descend(tokens.dropFirst(), path, body)
        } else if var array = takeArray() {
            guard let index = JSONPointer.arrayIndex(token, below: array.count) else {
                throw JSONPatchError.missing(path)
            }
            defer { self = .array(array) }
            try array[index].descend(tokens.dropFirst(), path, body)
        } else {
            throw JSONPatchError.missing(path)
        }
    }
}
