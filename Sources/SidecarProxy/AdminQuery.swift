/// The parameters of a query, of equal names the first.
struct AdminQuery {
    private let values: [(name: String, value: String)]

    /// Takes a query apart at `&` and `=`, and unescapes what is escaped.
    init(_ query: String?) {
        values = (query ?? "").split(separator: "&").prefix(32).map { part in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.unescaped(halves.first ?? ""), halves.count > 1 ? Self.unescaped(halves[1]) : "")
        }
    }

    /// The value of a parameter, empty where it has none; nil where it is not there.
    subscript(_ name: String) -> String? { values.first { $0.name == name }?.value }

    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
