import HTTP1
import Testing

@Suite("Response parser")
struct ResponseParserTests {
    static let accepted: [(String, Int, BodyFraming)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", 200, .length(3)),
        ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, .length(0)),
        ("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n", 200, .chunked),
        ("HTTP/1.0 200 OK\r\n\r\n", 200, .untilClose),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n", 204, .none),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", 304, .none),
        ("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", 103, .none),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", 101, .none),
    ]

    static let refused: [(String, HTTP1ErrorCode)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", .lengthAndTransferEncoding),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", .repeatedContentLength),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .unknownTransferCoding),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingOnHTTP10),
        ("HTTP/2 200 OK\r\nContent-Length: 3\r\n\r\n", .malformedRequestLine),
        ("HTTP/1.1 20 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 099 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 2000 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 200 OK\nContent-Length: 3\n\n", .bareLineFeed),
        ("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", .obsoleteFold),
        ("SSH-2.0-OpenSSH_9.2\r\n", .malformedRequestLine),
    ]

    @Test("A response is read and its body framed", arguments: accepted)
    func accepts(_ text: String, _ status: Int, _ framing: BodyFraming) throws {
        var parser = ResponseParser()
        #expect(try parser.parse(Array(text.utf8).span, isHead: false))
        #expect(parser.head.status == status)
        #expect(parser.head.framing == framing)
        #expect(parser.head.byteCount == text.utf8.count)
    }

    @Test("A response that could be read in two ways is refused", arguments: refused)
    func refuses(_ text: String, _ code: HTTP1ErrorCode) {
        let error = #expect(throws: HTTP1Error.self) {
            var parser = ResponseParser()
            _ = try parser.parse(Array(text.utf8).span, isHead: false)
        }
        #expect(error?.code == code)
    }

    @Test("A response to HEAD has no body and keeps its length")
    func head() throws {
        var parser = ResponseParser()
        #expect(try parser.parse(Array("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".utf8).span, isHead: true))
        #expect(parser.head.framing == .none)
        #expect(parser.head.section.fields.first?.isDropped == false)
        #expect(parser.head.isPersistent)
    }

    @Test(
        "101 is an upgrade where it says so, and to WebSocket alone",
        arguments: [
            ("Connection: Upgrade\r\nUpgrade: WebSocket\r\n", true), ("Connection: Upgrade\r\n", false),
            ("Upgrade: websocket\r\n", false), ("Connection: Upgrade\r\nUpgrade: other\r\n", false),
            ("Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: other\r\n", false),
        ]
    )
    func upgrade(_ lines: String, _ isUpgrade: Bool) throws {
        var parser = ResponseParser()
        let text = "HTTP/1.1 101 Switching Protocols\r\n\(lines)\r\n"
        #expect(try parser.parse(Array(text.utf8).span, isHead: false))
        #expect(parser.head.isUpgrade == isUpgrade)
    }

    @Test("A 204 loses its Content-Length")
    func noContent() throws {
        var parser = ResponseParser()
        #expect(try parser.parse(Array("HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n".utf8).span, isHead: false))
        #expect(parser.head.section.fields.first?.isDropped == true)
    }

    @Test("A body that ends with the connection rules out another response")
    func untilClose() throws {
        var parser = ResponseParser()
        #expect(try parser.parse(Array("HTTP/1.1 200 OK\r\n\r\n".utf8).span, isHead: false))
        #expect(!parser.head.isPersistent)
        #expect(BodyDecoder(.untilClose).endsWithConnection)
        #expect(!BodyDecoder(.length(1)).endsWithConnection)
        #expect(!BodyDecoder(.chunked).endsWithConnection)
    }
}
