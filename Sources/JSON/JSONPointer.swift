/// A place in a JSON document (RFC 6901).
public struct JSONPointer: Sendable, Hashable {
    /// The reference tokens, unescaped.
    public var tokens: [String]

    /// Makes a pointer from unescaped tokens; none is the whole document.
    public init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Parses a pointer; nil when it neither is empty nor starts with `/`, or has a `~` without `0` or `1` after it.
    public init?(parsing text: String) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let token = Self.unescape(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens)
    }

    /// The pointer to the member or element `token` of what this one points to.
    public func appending(_ token: String) -> JSONPointer {
        JSONPointer(tokens + [token])
    }

    /// The pointer to the element `index` of what this one points to.
    public func appending(_ index: Int) -> JSONPointer {
        appending(String(index))
    }

    /// The pointer with all of `other` behind it.
    public func appending(_ other: JSONPointer) -> JSONPointer {
        JSONPointer(tokens + other.tokens)
    }

    /// Whether both point into the same parent.
    func isSibling(of other: JSONPointer) -> Bool {
        guard tokens.count == other.tokens.count, !tokens.isEmpty else { return false }
        for index in tokens.indices.dropLast() where !tokens[index].hasSameBytes(as: other.tokens[index]) {
            return false
        }
        return true
    }

    private static func unescape(_ part: Substring.UTF8View) -> String? {
        guard part.contains(UInt8(ascii: "~")) else { return String(part) }
        var bytes: [UInt8] = []
        var iterator = part.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch iterator.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The index that `token` names in an array of `count` elements: digits without leading zeros (RFC 6901 section 4).
    static func arrayIndex(_ token: String, below limit: Int) -> Int? {
        guard token == "0" || (token.utf8.first != UInt8(ascii: "0") && token.utf8.allSatisfy(\.isDigit)),
            let index = Int(token), index < limit
        else { return nil }
        return index
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer as text, `~` escaped before `/`.
    public var description: String {
        String(decoding: text, as: UTF8.self)
    }
}

extension JSONPointer {
    /// The pointer as UTF-8, `~` escaped before `/` (RFC 6901 section 3).
    var text: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(tokens.reduce(0) { $0 + $1.utf8.count + 4 })
        for token in tokens {
            text.append(UInt8(ascii: "/"))
            text += Self.escaped(token.utf8Span.span)
        }
        return text
    }

    /// A token with its escapes.
    static func escaped(_ token: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(token.count + 4)
        for index in token.indices {
            switch token[index] {
            case UInt8(ascii: "~"): text += [UInt8(ascii: "~"), UInt8(ascii: "0")]
            case UInt8(ascii: "/"): text += [UInt8(ascii: "~"), UInt8(ascii: "1")]
            default: text.append(token[index])
            }
        }
        return text
    }
}

extension JSONValue {
    /// The value at `pointer`, or nil when there is none.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let array):
                guard let index = JSONPointer.arrayIndex(token, below: array.count) else { return nil }
                value = array[index]
            default:
                return nil
            }
        }
        return value
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
