/// The classes of bytes that the grammar of RFC 9110 and RFC 3986 distinguishes, as bit masks.
enum ByteClass {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let comma: UInt8 = 0x2C
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B

    // token of RFC 9110 section 5.6.2: ! # $ % & ' * + - . ^ _ ` | ~ digits and letters. One bit a byte.
    private static let tokenLow: UInt64 = 0x03FF_6CFA_0000_0000
    private static let tokenHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    // reg-name, IP-literal and port of RFC 3986 without the comma, by which intermediaries join repeated headers:
    // ! $ % & ' ( ) * + - . digits : ; = letters [ ] _ ~
    private static let hostLow: UInt64 = 0x2FFF_6FF2_0000_0000
    private static let hostHigh: UInt64 = 0x47FF_FFFE_AFFF_FFFE

    /// Whether `byte` may stand in a header name or method.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool { contains(byte, tokenLow, tokenHigh) }

    /// Whether `byte` may stand in a host with a port.
    @inline(__always)
    static func isHost(_ byte: UInt8) -> Bool { contains(byte, hostLow, hostHigh) }

    /// Whether `byte` may stand in a header value: HTAB, SP, visible ASCII and obs-text.
    @inline(__always)
    static func isFieldContent(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == tab }

    /// Whether `byte` may stand in a request target: visible ASCII.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5E }

    /// Whether `byte` is optional white space.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// The value of a decimal digit, or nil.
    @inline(__always)
    static func decimal(_ byte: UInt8) -> Int? {
        let digit = byte &- 0x30
        return digit < 10 ? Int(digit) : nil
    }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    static func hexadecimal(_ byte: UInt8) -> Int? {
        if let digit = decimal(byte) { return digit }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? Int(letter) + 10 : nil
    }

    @inline(__always)
    private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        guard byte < 0x80 else { return false }
        let mask = byte < 0x40 ? low : high
        return (mask &>> UInt64(byte & 0x3F)) & 1 == 1
    }
}
