import ProxyHeaders
import Testing

@Suite struct TracePositionTests {
    private static let w3cText: String = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private static let b3Text: String = "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90"

    private func traceparent(_ text: String) -> TracePosition? { TracePosition(traceparent: Array(text.utf8).span) }
    private func b3(_ text: String) -> TracePosition? { TracePosition(b3: Array(text.utf8).span) }

    private func written(_ write: (inout [UInt8]) -> Void) -> String {
        var out: [UInt8] = []
        write(&out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test("A context is read and written as it came", arguments: [w3cText, w3cText.replacing("-01", with: "-00")])
    func roundTrip(text: String) throws {
        let position = try #require(traceparent(text))
        #expect(written(position.writeTraceparent) == text)
        #expect(position.isSampled == text.hasSuffix("1"))
    }

    @Test(
        "What is no context starts no trace",
        arguments: [
            "", "00-", w3cText.uppercased(), w3cText.replacing("00-4b", with: "ff-4b"), w3cText + "-x",
            w3cText.replacing("-01", with: "_01"), "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", w3cText.replacing("-01", with: "-0g"),
            w3cText.replacing("00-4b", with: "01-4b") + "x",
        ]
    )
    func malformed(text: String) {
        #expect(traceparent(text) == nil)
    }

    @Test("A later version may have more")
    func laterVersion() throws {
        let position = try #require(traceparent(Self.w3cText.replacing("00-4b", with: "cc-4b") + "-what-ever"))
        #expect(written(position.writeTraceparent) == Self.w3cText)
    }

    @Test(
        "B3 in one header",
        arguments: [
            (b3Text, true, false), ("80f198ee56343ba8-e457b5a2e4d86bd1-0", false, false),
            ("80f198ee56343ba8-e457b5a2e4d86bd1", nil, false), ("80f198ee56343ba8-e457b5a2e4d86bd1-d", true, true),
        ] as [(String, Bool?, Bool)]
    )
    func single(text: String, isSampled: Bool?, isDebug: Bool) throws {
        let position = try #require(b3(text))
        #expect(position.isSampled == isSampled)
        #expect(position.isDebug == isDebug)
        #expect(written(position.writeB3) == text)
    }

    @Test(
        "What is no B3, or no position",
        arguments: [
            "", "0", "1", "d", b3Text + "-", b3Text + "-x", b3Text.uppercased(), "80f198ee56343ba8-e457b5a2e4d86bd1-2",
            "a-b-1",
            "80f198ee56343ba8-e457b5a2e4d86bd1-", "0000000000000000-e457b5a2e4d86bd1", "80f198ee56343ba8--1",
        ]
    )
    func malformedB3(text: String) {
        #expect(b3(text) == nil)
    }

    @Test(
        "B3 in several headers",
        arguments: [
            (nil, nil, nil, false), ("1", nil, true, false), ("0", nil, false, false), ("true", nil, true, false),
            ("false", nil, false, false), ("yes", nil, nil, false), (nil, "1", true, true), ("0", "1", true, true),
        ] as [(String?, String?, Bool?, Bool)]
    )
    func several(sampled: String?, flags: String?, isSampled: Bool?, isDebug: Bool) throws {
        let trace = Array("463ac35c9f6413ad48485a3953bb6124".utf8)
        let span = Array("a2fb4a1d1a96d312".utf8)
        let (one, other) = (Array((sampled ?? "").utf8), Array((flags ?? "").utf8))
        let made = TracePosition(b3TraceID: trace.span, spanID: span.span, sampled: one.span, flags: other.span)
        let position = try #require(made)
        #expect(position.isSampled == isSampled)
        #expect(position.isDebug == isDebug)
        #expect(written(position.writeB3TraceID) == "463ac35c9f6413ad48485a3953bb6124")
    }

    @Test("A child keeps the trace and the decision, and knows its parent")
    func child() throws {
        let position = try #require(b3(Self.b3Text)).child(span: 0xFF)
        #expect(written(position.writeB3) == "80f198ee56343ba864fe8b2a57d3eff7-00000000000000ff-1-e457b5a2e4d86bd1")
        #expect(written(position.writeTraceparent) == "00-80f198ee56343ba864fe8b2a57d3eff7-00000000000000ff-01")
        #expect(position.child(span: 0).span == 1)
    }
}
