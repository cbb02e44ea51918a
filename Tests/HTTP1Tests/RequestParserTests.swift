import HTTP1
import Testing

@Suite("Request parser")
struct RequestParserTests {
    @Test("A request is accepted", arguments: RequestCorpus.accepted)
    func accepts(_ request: RequestCorpus.Case) {
        guard case .complete = ParsedRequest(Array(request.text.utf8)).outcome else {
            Issue.record("refused: \(ParsedRequest(Array(request.text.utf8)).outcome)")
            return
        }
    }

    @Test("A request is refused for what is wrong with it", arguments: RequestCorpus.refused)
    func refuses(_ request: RequestCorpus.Case) throws {
        let code = try #require(request.refusal)
        #expect(ParsedRequest(Array(request.text.utf8)).outcome == .refused(code))
    }

    @Test("Every cut into two reads gives the same answer", arguments: RequestCorpus.accepted + RequestCorpus.refused)
    func everySplit(_ request: RequestCorpus.Case) {
        let bytes = Array(request.text.utf8)
        let whole = ParsedRequest(bytes)
        let step = max(1, bytes.count / 512)
        for cut in stride(from: 0, through: bytes.count, by: step) {
            #expect(ParsedRequest(bytes, cuts: [cut]) == whole, "cut at \(cut)")
        }
    }

    @Test("One byte a read gives the same answer", arguments: RequestCorpus.accepted + RequestCorpus.refused)
    func byteByByte(_ request: RequestCorpus.Case) {
        let bytes = Array(request.text.utf8)
        guard bytes.count < 2_000 else { return }
        #expect(ParsedRequest(bytes, cuts: Array(0..<bytes.count)) == ParsedRequest(bytes))
    }

    @Test(
        "Statuses follow the kind of fault",
        arguments: [
            (HTTP1ErrorCode.unsupportedVersion, 505), (.methodNotAllowed, 405), (.tooManyFields, 431),
            (.headTooLarge, 431), (.unknownTransferCoding, 501), (.unknownExpectation, 417), (.bareLineFeed, 400),
        ]
    )
    func statuses(_ code: HTTP1ErrorCode, _ status: Int) {
        #expect(code.requestStatus == status)
    }

    @Test("Names keep their case and their order, and hop-by-hop headers are marked")
    func keepsHeaders() {
        let text =
            "GET /p?q HTTP/1.1\r\nhOsT: a\r\nX-Hop: 1\r\nx-b: 2\r\nConnection: x-hop, te\r\nKeep-Alive: 1\r\nTE: x\r\n\r\n"
        let parsed = ParsedRequest(Array(text.utf8))
        #expect(
            parsed.outcome
                == .complete(
                    byteCount: text.utf8.count,
                    framing: .none,
                    persistent: true,
                    fields: ["+hOsT=a", "-X-Hop=1", "+x-b=2", "-Connection=x-hop, te", "-Keep-Alive=1", "-TE=x"],
                    path: "/p?q"
                )
        )
    }

    @Test("Chunks are taken apart and forbidden trailers are dropped")
    func trailers() {
        let parsed = ParsedRequest(Array(RequestCorpus.accepted[5].text.utf8))
        #expect(String(decoding: parsed.body, as: UTF8.self) == "0123456789")
        #expect(String(decoding: parsed.trailers, as: UTF8.self) == "X-Sum: 1\r\n")
    }

    @Test(
        "Persistence follows version and Connection",
        arguments: [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false),
            ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close, keep-alive\r\n\r\n", false),
            ("GET / HTTP/1.0\r\n\r\n", false),
            ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true),
        ]
    )
    func persistence(_ text: String, _ expected: Bool) throws {
        var parser = RequestParser()
        #expect(try parser.parse(Array(text.utf8).span))
        #expect(parser.head.isPersistent == expected)
    }

    @Test(
        "Only a complete WebSocket request asks for an upgrade",
        arguments: [
            ("Connection: Upgrade\r\nUpgrade: websocket\r\n", true),
            ("Upgrade: websocket\r\n", false),
            ("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n", false),
            ("Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n", false),
        ]
    )
    func upgrades(_ headers: String, _ expected: Bool) throws {
        var parser = RequestParser()
        #expect(try parser.parse(Array("GET / HTTP/1.1\r\nHost: a\r\n\(headers)\r\n".utf8).span))
        #expect(parser.head.wantsWebSocket == expected)
    }

    @Test("An authority is made shorter, never longer")
    func shortened() throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a:80\r\n\r\n".utf8)
        var parser = RequestParser()
        #expect(try parser.parse(bytes.span))
        var head = parser.head
        for (length, expected) in [(9, "a:80"), (-1, "a:80"), (1, "a")] {
            head.shortenAuthority(to: length)
            #expect(String(decoding: bytes[head.authority.offsets], as: UTF8.self) == expected)
        }
        #expect(head.isAuthorityShortened)
    }

    @Test("Requests behind one another are read one by one")
    func pipelined() throws {
        let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        let bytes = Array((one + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n").utf8)
        var parser = RequestParser()
        #expect(try parser.parse(bytes.span))
        #expect(parser.head.byteCount == one.utf8.count)
        parser.reset()
        #expect(try parser.parse(Array(bytes[one.utf8.count...]).span))
    }
}
