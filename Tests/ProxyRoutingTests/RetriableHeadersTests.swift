import HTTP1
import ProxyConfiguration
import Testing

@testable import ProxyRouting

@Suite("Headers that make a request or an answer retriable")
struct RetriableHeadersTests {
    private let conditions = RetriableHeaders([
        HeaderMatcher("x-again", .string(StringMatcher(.exact("yes")))),
        HeaderMatcher(":method", .string(StringMatcher(.exact("GET")))),
        HeaderMatcher(":status", .range(start: 418, end: 420)),
    ])

    @Test(
        "Any condition will do for a request, and none is not enough",
        arguments: [
            ("GET", [], true), ("POST", ["X-Again: yes"], true), ("POST", ["x-again: no"], false), ("POST", [], false),
        ]
            as [(String, [String], Bool)]
    )
    func requests(_ method: String, _ headers: [String], _ expected: Bool) throws {
        let sample = try RequestSample("/", method: method, headers)
        let covers = conditions.covers(sample.head, sample.bytes.span, path: sample.target.span, isSecure: false)
        #expect(covers == expected)
    }

    @Test(
        "An answer has a status and no method",
        arguments: [("418", true), ("420", false), ("200", false), ("200 OK\r\nx-again: yes", true)]
    )
    func answers(_ text: String, _ expected: Bool) throws {
        let bytes = Array("HTTP/1.1 \(text.contains(" ") ? text : text + " A")\r\n\r\n".utf8)
        var parser = ResponseParser()
        let isWhole = try parser.parse(bytes.span, isHead: false)
        let covers = conditions.covers(parser.head, bytes.span)
        #expect(isWhole && covers == expected)
    }

    @Test("Without conditions nothing is covered")
    func none() throws {
        let sample = try RequestSample("/")
        let none = RetriableHeaders([])
        let covers = none.covers(sample.head, sample.bytes.span, path: sample.target.span, isSecure: true)
        #expect(!covers)
    }
}
