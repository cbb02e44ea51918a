/// A hash of what a JSON value says, for noticing changes.
///
/// It is no signature: collisions can be made on purpose.
/// FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/) over a compact text with the members of each object
/// sorted by the bytes of their names, so that their order does not matter. Numbers count as they are spelled: `1` and
/// `1.0` differ. The text is never built.
public struct ContentHash: Hashable, Sendable {
    /// The hash.
    public let rawValue: UInt64

    /// Hashes a value.
    public init(of value: JSONValue) {
        var state = State()
        state.add(value)
        rawValue = state.hash
    }

    private struct State {
        /// The offset basis of FNV-1a.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325

        mutating func add(_ byte: UInt8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }

        mutating func add(_ text: String.UTF8View) {
            for byte in text {
                add(byte)
            }
        }

        mutating func add(_ value: JSONValue) {
            switch value {
            case .null: add("null".utf8)
            case .bool(let bool): add((bool ? "true" : "false").utf8)
            case .number(let number): add(number.lexeme.utf8)
            case .string(let string): add(quoted: string)
            case .array(let elements): add(elements)
            case .object(let object): add(object)
            }
        }

        /// Quotes and backslashes are escaped, so that no string looks like what stands around strings.
        private mutating func add(quoted string: String) {
            var string = string
            add(UInt8(ascii: "\""))
            // Safety: the buffer is only read, within its bounds, while the string lives.
            string.withUTF8 { bytes in
                for index in 0..<bytes.count {
                    let byte = unsafe bytes[index]
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { add(UInt8(ascii: "\\")) }
                    add(byte)
                }
            }
            add(UInt8(ascii: "\""))
        }

        private mutating func add(_ elements: [JSONValue]) {
            add(UInt8(ascii: "["))
            for element in elements {
                add(element)
                add(UInt8(ascii: ","))
            }
            add(UInt8(ascii: "]"))
        }

        private mutating func add(_ object: JSONObject) {
            add(UInt8(ascii: "{"))
            for member in object.members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                add(quoted: member.key)
                add(UInt8(ascii: ":"))
                add(member.value)
                add(UInt8(ascii: ","))
            }
            add(UInt8(ascii: "}"))
        }
    }
}

extension ContentHash: CustomStringConvertible {
    /// 16 hexadecimal digits.
    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
