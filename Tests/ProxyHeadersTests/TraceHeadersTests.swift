import Testing

@testable import ProxyHeaders

@Suite("The headers of a trace")
struct TraceHeadersTests {
    private static let trace = "80f198ee56343ba864fe8b2a57d3eff7"
    private static let caller = "e457b5a2e4d86bd1"
    private static let own: UInt64 = 0x1111_2222_3333_4444

    @Test(
        "What the caller sends in one form goes on in the same form, one span further",
        arguments: [
            (["Traceparent": "00-\(trace)-\(caller)-01"], "traceparent: 00-\(trace)-1111222233334444-01\r\n"),
            (["b3": "\(trace)-\(caller)-1"], "b3: \(trace)-1111222233334444-1-\(caller)\r\n"),
            (
                ["X-B3-TraceId": trace, "X-B3-SpanId": caller, "X-B3-Sampled": "0"],
                """
                x-b3-traceid: \(trace)\r\nx-b3-spanid: 1111222233334444\r\nx-b3-parentspanid: \(caller)\r\n\
                x-b3-sampled: 0\r\n
                """
            ),
        ] as [([String: String], String)]
    )
    func forms(_ fields: [String: String], _ expected: String) throws {
        let headers = Self.headers(fields)
        let position = try #require(headers.position).child(span: Self.own)
        var lines: [UInt8] = []
        headers.write(position, into: &lines)
        #expect(String(decoding: lines, as: UTF8.self) == expected)
    }

    @Test("Where nothing came or nothing can be read a trace begins in W3C's form")
    func fresh() throws {
        for fields in [[:], ["traceparent": "00-zz"]] {
            let headers = Self.headers(fields)
            #expect(headers.position == nil)
            let position = try #require(TracePosition(traceHigh: 1, traceLow: 2, span: 3, isSampled: true))
            var lines: [UInt8] = []
            headers.write(position, into: &lines)
            let expected = "traceparent: 00-00000000000000010000000000000002-0000000000000003-01\r\n"
            #expect(String(decoding: lines, as: UTF8.self) == expected)
        }
    }

    @Test(
        "A decision without a place is kept",
        arguments: [(["b3": "0"], B3Decision.deny), (["x-b3-sampled": "1"], .accept), (["x-b3-flags": "1"], .debug)]
    )
    func decisions(_ fields: [String: String], _ expected: B3Decision) {
        #expect(Self.headers(fields).position == nil)
        #expect(Self.headers(fields).decision == expected)
    }

    @Test("tracestate stays with a sound traceparent only")
    func state() {
        #expect(!Self.headers(["traceparent": "00-\(Self.trace)-\(Self.caller)-00"]).drops(.tracestate))
        #expect(Self.headers(["traceparent": "broken"]).drops(.tracestate))
        #expect(Self.headers([:]).drops(.tracestate))
        #expect(Self.headers([:]).drops(.traceparent))
    }

    @Test(
        "Names are told in any case, and others are none",
        arguments: [("TRACEPARENT", true), ("trace-parent", false)]
    )
    func names(_ name: String, _ isKnown: Bool) {
        #expect((TraceHeaders.Name(Array(name.utf8).span) != nil) == isKnown)
    }

    private static func headers(_ fields: [String: String]) -> TraceHeaders {
        var headers = TraceHeaders()
        for (name, value) in fields {
            guard let name = TraceHeaders.Name(Array(name.utf8).span) else { continue }
            headers.keep(name, Array(value.utf8).span)
        }
        return headers
    }
}
