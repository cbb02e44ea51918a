import HTTP1
import HTTP2
import NIOCore
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Header blocks of HTTP/2 as heads of HTTP/1.1")
struct HTTP2TextTests {
    private static let get = [(":method", "GET"), (":scheme", "http"), (":path", "/a?b"), (":authority", "x:1")]

    private static func block(_ fields: [(String, String)]) -> HeaderBlock {
        var block = HeaderBlock()
        for (name, value) in fields { block.append(name, value) }
        return block
    }

    private static func text(_ fields: [(String, String)], isLast: Bool = true) -> String? {
        var out: [UInt8] = []
        guard HTTP2Text.writeRequest(block(fields), isLast: isLast, into: &out) else { return nil }
        return String(decoding: out, as: UTF8.self)
    }

    @Test("A request becomes a head with its host first")
    func request() {
        #expect(Self.text(Self.get + [("a", "b")]) == "GET /a?b HTTP/1.1\r\nhost: x:1\r\na: b\r\n\r\n")
    }

    @Test("A body without a length comes in chunks")
    func chunked() {
        #expect(Self.text(Self.get, isLast: false)?.contains("transfer-encoding: chunked\r\n") == true)
        let withLength = Self.text(Self.get + [("content-length", "3")], isLast: false)
        #expect(withLength?.contains("transfer-encoding") == false)
    }

    @Test("Cookies that came in pieces become one (RFC 9113 section 8.2.3)")
    func cookies() {
        #expect(Self.text(Self.get + [("cookie", "a=1"), ("cookie", "b=2")])?.contains("cookie: a=1; b=2\r\n") == true)
    }

    @Test(
        "What HTTP/2 forbids, or what would begin another line, is refused",
        arguments: [
            ("connection", "close"), ("transfer-encoding", "chunked"), ("keep-alive", "1"), ("upgrade", "h2c"),
            ("proxy-connection", "close"), ("te", "gzip"), ("a", "b\r\nc: d"), ("a", "b\0"), ("a b", "c"), ("a:b", "c"),
            ("", "c"), ("host", "other"), ("a", " b"), ("a", "b "), ("a", "\tb"), ("a", "b\t"),
        ]
    )
    func refused(_ name: String, _ value: String) {
        #expect(Self.text(Self.get + [(name, value)]) == nil)
    }

    @Test("A line break in a pseudo-header is refused", arguments: [0, 2, 3])
    func pseudo(_ index: Int) {
        var fields = Self.get
        fields[index].1 += "\r\nx: y"
        #expect(Self.text(fields) == nil)
    }

    @Test(
        "A path is a path and a scheme a scheme",
        arguments: [(1, ""), (1, "1a"), (1, "a b"), (2, ""), (2, "x"), (2, "http://x/y"), (2, "?q")]
    )
    func target(_ index: Int, _ value: String) {
        var fields = Self.get
        fields[index].1 = value
        #expect(Self.text(fields) == nil)
    }

    @Test("There is one host at most, whether or not an authority is there")
    func hosts() {
        let twice = [("host", "x:1"), ("host", "x:1")]
        #expect(Self.text(Self.get + twice) == nil)
        #expect(Self.text(Self.get.dropLast() + twice) == nil)
        #expect(Self.text(Self.get.dropLast() + twice.dropLast())?.contains("host: x:1\r\n") == true)
    }

    @Test("CONNECT has its authority for a target")
    func connect() {
        let text = Self.text([(":method", "CONNECT"), (":authority", "x:1")])
        #expect(text == "CONNECT x:1 HTTP/1.1\r\nhost: x:1\r\n\r\n")
        #expect(Self.text([(":method", "GET"), (":authority", "x:1")]) == nil)
    }

    @Test("Trailers lose what must not be one, and a broken one spoils all")
    func trailers() {
        let kept = HTTP2Text.trailers(Self.block([("grpc-status", "0"), ("content-length", "3")]))
        #expect(kept.map { String(decoding: $0, as: UTF8.self) } == "grpc-status: 0\r\n")
        #expect(HTTP2Text.trailers(Self.block([("a", "b\r\n\r\n")])) == nil)
    }

    @Test("A head becomes a block, in lower case and without what belongs to a connection")
    func blocks() throws {
        let head =
            "POST /p HTTP/1.1\r\nHost: h\r\nX-Mixed: V\r\nContent-Type: application/grpc\r\n"
            + "transfer-encoding: chunked\r\n\r\n"
        let sender = Recorder(.client)
        let stream = try #require(sender.session.open(sender))
        #expect(sender.session.beginHeaders(stream))
        HTTP2Blocks.writeRequest(head.utf8Span.span, scheme: "https", to: sender.session)
        sender.session.endHeaders(stream, isLast: true)
        let receiver = Recorder(.server)
        receiver.session.receive(sender.session.takeOutput())
        let expected = [
            ":method=POST", ":scheme=https", ":path=/p", ":authority=h", "x-mixed=V", "content-type=application/grpc",
            "te=trailers",
        ]
        #expect(receiver.lines == expected)
    }
}

/// One side of a connection that notes the blocks it gets.
private final class Recorder: HTTP2SessionDelegate, HTTP2StreamHandler {
    let session: HTTP2Session
    private(set) var lines: [String] = []

    init(_ role: HTTP2Session.Role) {
        session = HTTP2Stack.session(role, HTTP2Options())
        session.delegate = self
        session.start()
    }

    func receive(_ block: HeaderBlock, isLast: Bool) {
        block.forEach { name, value in
            lines.append("\(Self.text(name))=\(Self.text(value))")
            return true
        }
    }

    private static func text(_ bytes: Span<UInt8>) -> String {
        String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
    }

    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)? { self }
    func receive(_ data: ByteBuffer, isLast: Bool) {}
    func queueShrank() {}
    func ended(_ code: HTTP2ErrorCode) {}
    func closedStream() {}
    func peerGoesAway() {}
    func failed(_ code: HTTP2ErrorCode) {}
}
