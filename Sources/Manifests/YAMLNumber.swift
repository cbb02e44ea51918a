/// Recognises numbers as go-yaml v2 does, which is the YAML reader of Kubernetes' tools.
///
/// Whole numbers may have a sign, underscores and the prefixes `0x`, `0b`, `0o` and `0` (octal). Sexagesimal numbers
/// of YAML 1.1 are strings.
enum YAMLNumber {
    /// The number that `text` spells, when its first byte is a digit or a sign.
    static func parse(_ text: String) -> ResolvedScalar? {
        let plain = Array(text.utf8.filter { $0 != UInt8(ascii: "_") })
        if let integer = integer(plain, spelling: text) { return integer }
        guard isFloat(plain[...]) else { return nil }
        return float(plain, spelling: text)
    }

    /// The number that `text` spells, when its first byte is a point.
    static func parseFraction(_ text: String) -> ResolvedScalar? {
        let bytes = Array(text.utf8)
        // Go's ParseFloat takes an underscore only between two digits.
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
            guard index > 0, index + 1 < bytes.count, isDigit(bytes[index - 1]), isDigit(bytes[index + 1]) else {
                return nil
            }
        }
        let plain = bytes.filter { $0 != UInt8(ascii: "_") }
        guard isFloat(plain[...]) else { return nil }
        return float(plain, spelling: text)
    }

    private static func float(_ plain: [UInt8], spelling: String) -> ResolvedScalar? {
        // What is out of range is no number to Go.
        guard let value = Double(String(decoding: plain, as: UTF8.self)), value.isFinite else { return nil }
        return .float(value, spelling: spelling)
    }

    private static func integer(_ plain: [UInt8], spelling: String) -> ResolvedScalar? {
        var digits = plain[...]
        let sign = digits.first
        let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        if isSigned { digits = digits.dropFirst() }
        guard let magnitude = magnitude(digits) else { return nil }
        if sign == UInt8(ascii: "-") {
            guard magnitude <= UInt64(Int64.max) + 1 else { return nil }
            return .integer(Int64(truncatingIfNeeded: 0 &- magnitude), spelling: spelling)
        }
        if let value = Int64(exactly: magnitude) { return .integer(value, spelling: spelling) }
        return isSigned ? nil : .unsigned(magnitude, spelling: spelling)
    }

    /// The value of digits with an optional prefix; nil when they are no whole number or do not fit.
    private static func magnitude(_ digits: ArraySlice<UInt8>) -> UInt64? {
        guard digits.first == UInt8(ascii: "0"), digits.count > 1 else { return value(digits, radix: 10) }
        let rest = digits.dropFirst()
        switch rest.first {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): return value(rest.dropFirst(), radix: 16)
        case UInt8(ascii: "b"), UInt8(ascii: "B"): return value(rest.dropFirst(), radix: 2)
        case UInt8(ascii: "o"), UInt8(ascii: "O"): return value(rest.dropFirst(), radix: 8)
        default: return value(rest, radix: 8)
        }
    }

    private static func value(_ digits: ArraySlice<UInt8>, radix: UInt64) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in digits {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue.map(UInt64.init), digit < radix else {
                return nil
            }
            let (product, isTooBig) = value.multipliedReportingOverflow(by: radix)
            let (sum, isStillTooBig) = product.addingReportingOverflow(digit)
            guard !isTooBig, !isStillTooBig else { return nil }
            value = sum
        }
        return value
    }

    /// Whether `text` is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
    private static func isFloat(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = dropSign(text)
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            guard !whole.isEmpty || !fraction.isEmpty else { return false }
            rest = rest.dropFirst(1 + fraction.count)
        } else if whole.isEmpty {
            return false
        }
        guard let byte = rest.first else { return true }
        guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return false }
        let exponent = dropSign(rest.dropFirst())
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
    }

    private static func dropSign(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
