import Testing
import Tracing

@Suite struct TraceContextTests {
    private static let example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("a traceparent is read as the standard's own example says")
    func example() throws {
        let context = try #require(TraceContext(traceparent: Self.example))
        #expect(context.trace.text == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.parent.text == "00f067aa0ba902b7")
        #expect(context.isSampled)
    }

    @Test(
        "the lowest flag alone says whether it is sampled",
        arguments: [("00", false), ("01", true), ("02", false), ("ff", true)]
    )
    func flags(flags: String, isSampled: Bool) {
        #expect(TraceContext(traceparent: Self.example.dropLast(2) + flags)?.isSampled == isSampled)
    }

    @Test("a later version may say more, behind a hyphen")
    func laterVersion() {
        let later = "cc" + Self.example.dropFirst(2)
        #expect(TraceContext(traceparent: later) != nil)
        #expect(TraceContext(traceparent: later + "-what-comes-later") != nil)
        #expect(TraceContext(traceparent: later + "x") == nil)
        #expect(TraceContext(traceparent: Self.example + "-more") == nil)
    }

    @Test(
        "anything else is no context",
        arguments: [
            "", "00", "-", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01a",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
            "00-４bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ]
    )
    func refuses(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("every cut and every wrong byte is survived, and none but a hexadecimal digit or a flag is read")
    func hostile() {
        let bytes = Array(Self.example.utf8)
        for length in bytes.indices {
            #expect(TraceContext(traceparent: String(decoding: bytes[..<length], as: UTF8.self)) == nil)
        }
        let digits = Set("0123456789abcdef-".utf8)
        for index in bytes.indices {
            for byte in UInt8.min ... .max where !digits.contains(byte) {
                var changed = bytes
                changed[index] = byte
                #expect(TraceContext(traceparent: String(decoding: changed, as: UTF8.self)) == nil)
            }
        }
    }

    @Test("a long value is not looked at")
    func long() {
        let text = "cc" + Self.example.dropFirst(2) + "-" + String(repeating: "a", count: 1_000_000)
        #expect(TraceContext(traceparent: text) == nil)
    }
}
