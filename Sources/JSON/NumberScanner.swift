/// Recognises a number a byte at a time (the grammar of RFC 8259 section 6).
///
/// ```
/// start -(-)-> minus -(0)-> zero ----(.)-> point -(d)-> fraction -(e)-> exponent -(+-)-> sign -(d)-> digits
///        -(0)-> zero  -(1-9)-> integer -(.)-> point          zero, integer -(e)-> exponent -(d)-> digits
///        -(1-9)-> integer
/// ```
struct NumberScanner {
    private enum State {
        case start, minus, zero, integer, point, fraction, exponent, sign, digits
    }

    private var state = State.start

    /// Whether what was accepted so far is a whole number.
    var isComplete: Bool {
        switch state {
        case .zero, .integer, .fraction, .digits: true
        case .start, .minus, .point, .exponent, .sign: false
        }
    }

    /// Takes one more byte, or says that it cannot continue the number and leaves the state as it was.
    mutating func accept(_ byte: UInt8) -> Bool {
        guard let next = next(byte) else { return false }
        state = next
        return true
    }

    private func next(_ byte: UInt8) -> State? {
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")): .minus
        case (.start, UInt8(ascii: "0")), (.minus, UInt8(ascii: "0")): .zero
        case (.start, UInt8(ascii: "1")...UInt8(ascii: "9")), (.minus, UInt8(ascii: "1")...UInt8(ascii: "9")): .integer
        case (.integer, UInt8(ascii: "0")...UInt8(ascii: "9")): .integer
        case (.zero, UInt8(ascii: ".")), (.integer, UInt8(ascii: ".")): .point
        case (.point, UInt8(ascii: "0")...UInt8(ascii: "9")), (.fraction, UInt8(ascii: "0")...UInt8(ascii: "9")):
            .fraction
        case (.zero, 0x65), (.zero, 0x45), (.integer, 0x65), (.integer, 0x45), (.fraction, 0x65), (.fraction, 0x45):
            .exponent
        case (.exponent, UInt8(ascii: "+")), (.exponent, UInt8(ascii: "-")): .sign
        case (.exponent, UInt8(ascii: "0")...UInt8(ascii: "9")), (.sign, UInt8(ascii: "0")...UInt8(ascii: "9")),
            (.digits, UInt8(ascii: "0")...UInt8(ascii: "9")):
            .digits
        default: nil
        }
    }
}
