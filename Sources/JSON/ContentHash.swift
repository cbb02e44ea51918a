/// A hash of what a JSON value says, for noticing changes.
///
/// It is no signature: collisions can be made on purpose. 64 bits, the same on every machine and in every run. The
/// order of an object's members does not matter. Numbers count as they are spelled: `1` and `1.0` differ. Strings are
/// taken eight bytes at a time and folded by multiplication, as in wyhash (https://github.com/wangyi-fudan/wyhash).
public struct ContentHash: Hashable, Sendable {
    /// The hash.
    public let rawValue: UInt64

    /// Hashes a value.
    public init(of value: JSONValue) {
        rawValue = Self.hash(of: value)
    }

    /// What a value begins with, so that values of different kinds differ whatever they hold.
    private enum Kind: UInt64 {
        case null = 1, no, yes, number, string, array, object
    }

    private static func hash(of value: JSONValue) -> UInt64 {
        switch value {
        case .null: fold(Kind.null.rawValue, 0)
        case .bool(let bool): fold(bool ? Kind.yes.rawValue : Kind.no.rawValue, 0)
        case .number(let number): hash(of: number.lexeme, .number)
        case .string(let string): hash(of: string, .string)
        case .array(let elements): hash(of: elements)
        case .object(let object): hash(of: object)
        }
    }

    private static func hash(of elements: [JSONValue]) -> UInt64 {
        var state = fold(Kind.array.rawValue, UInt64(elements.count))
        for index in elements.indices {
            state = fold(state, hash(of: elements[index]))
        }
        return state
    }

    /// A sum over the members, which is the same in every order.
    private static func hash(of object: JSONObject) -> UInt64 {
        var sum: UInt64 = 0
        for index in object.members.indices {
            let value = hash(of: object.members[index].value)
            sum &+= fold(hash(of: object.members[index].key, .string), value)
        }
        return fold(fold(Kind.object.rawValue, UInt64(object.count)), sum)
    }

    private static func hash(of string: String, _ kind: Kind) -> UInt64 {
        let text = string.utf8Span.span
        let bytes = unsafe text.bytes
        var state = fold(kind.rawValue, UInt64(text.count))
        var position = 0
        while position + 8 <= text.count {
            // Safety: the load checks its bounds, and every bit pattern is an integer.
            let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            state = fold(state, UInt64(littleEndian: word))
            position += 8
        }
        var rest: UInt64 = 0
        while position < text.count {
            rest = rest << 8 | UInt64(text[position])
            position += 1
        }
        return fold(state, rest)
    }

    /// Mixes a word into a state: both halves of a product in which every bit takes part.
    @inline(__always)
    private static func fold(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: word ^ 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}

extension ContentHash: CustomStringConvertible {
    /// 16 hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
