extension JSONPatch.Operation {
    /// The operation as a JSON object.
    var json: JSONValue {
        switch self {
        case .add(let path, let value): ["op": "add", "path": .string(path.description), "value": value]
        case .remove(let path): ["op": "remove", "path": .string(path.description)]
        case .replace(let path, let value): ["op": "replace", "path": .string(path.description), "value": value]
        case .move(let from, let path):
            ["op": "move", "from": .string(from.description), "path": .string(path.description)]
        case .copy(let from, let path):
            ["op": "copy", "from": .string(from.description), "path": .string(path.description)]
        case .test(let path, let value): ["op": "test", "path": .string(path.description), "value": value]
        }
    }

    /// The same operation for a document that has the patched one at `pointer`.
    func moved(below pointer: JSONPointer) -> JSONPatch.Operation {
        switch self {
        case .add(let path, let value): .add(path: pointer.appending(path), value: value)
        case .remove(let path): .remove(path: pointer.appending(path))
        case .replace(let path, let value): .replace(path: pointer.appending(path), value: value)
        case .move(let from, let path): .move(from: pointer.appending(from), path: pointer.appending(path))
        case .copy(let from, let path): .copy(from: pointer.appending(from), path: pointer.appending(path))
        case .test(let path, let value): .test(path: pointer.appending(path), value: value)
        }
    }

    /// Reads an operation; members that the operation does not define are ignored (RFC 6902 section 4).
    init(json: JSONValue, index: Int) throws(JSONPatchError) {
        func pointer(_ name: String) throws(JSONPatchError) -> JSONPointer {
            guard let text = json[name]?.string, let pointer = JSONPointer(parsing: text) else {
                throw JSONPatchError(code: .malformed, reason: "'\(name)' is not a JSON Pointer", operation: index)
            }
            return pointer
        }
        func value() throws(JSONPatchError) -> JSONValue {
            guard let value = json["value"] else {
                throw JSONPatchError(code: .malformed, reason: "'value' is missing", operation: index)
            }
            return value
        }
        switch json["op"]?.string {
        case "add": self = .add(path: try pointer("path"), value: try value())
        case "remove": self = .remove(path: try pointer("path"))
        case "replace": self = .replace(path: try pointer("path"), value: try value())
        case "move": self = .move(from: try pointer("from"), path: try pointer("path"))
        case "copy": self = .copy(from: try pointer("from"), path: try pointer("path"))
        case "test": self = .test(path: try pointer("path"), value: try value())
        default:
            throw JSONPatchError(code: .malformed, reason: "'op' is not an operation of RFC 6902", operation: index)
        }
    }
}
