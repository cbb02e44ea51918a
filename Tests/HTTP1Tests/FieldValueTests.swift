import HTTP1
import Testing

@Suite("Field value")
struct FieldValueTests {
    @Test("Whatever stands around it, a byte that no value may have is refused", arguments: 0..<24)
    func everyByte(at position: Int) {
        for byte in UInt8.min...UInt8.max {
            var value = Array(repeating: UInt8(ascii: "v"), count: 24)
            value[position] = byte
            let head = Array("GET / HTTP/1.1\r\nhost: a\r\nx: ".utf8) + value + Array("\r\n\r\n".utf8)
            let isFine = byte >= 0x20 && byte != 0x7F || byte == 0x09
            switch ParsedRequest(head).outcome {
            case .complete: #expect(isFine, "byte \(byte)")
            case .refused: #expect(!isFine, "byte \(byte)")
            case .incomplete: Issue.record("byte \(byte) left the head incomplete")
            }
        }
    }

    @Test("Two bytes that no value may have do not hide each other")
    func pairs() {
        for first in UInt8.min...UInt8.max {
            for second: UInt8 in [0x00, 0x1F, 0x7F, 0x80] {
                let value = [first, second] + Array("vvvvvvvvvvvvvv".utf8)
                let head = Array("GET / HTTP/1.1\r\nhost: a\r\nx:".utf8) + value + Array("\r\n\r\n".utf8)
                let isFine = (first >= 0x20 && first != 0x7F || first == 0x09) && second == 0x80
                if case .complete = ParsedRequest(head).outcome {
                    #expect(isFine, "\(first) \(second)")
                } else {
                    #expect(!isFine, "\(first) \(second)")
                }
            }
        }
    }
}
