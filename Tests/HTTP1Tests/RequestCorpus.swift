import Testing
import HTTP1

/// Requests with what becomes of them, shared by the suites.
enum RequestCorpus {
    /// A request and the code with which it is refused; nil when it is accepted.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var refusal: HTTP1ErrorCode?
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ refusal: HTTP1ErrorCode? = nil) {
            self.name = name
            self.text = text
            self.refusal = refusal
        }
    }

    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n"
    private static let post = "POST / HTTP/1.1\r\nHost: a\r\n"
    private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

    static let accepted: [Case] = [
        Case("plain GET", get + "\r\n"),
        Case("empty line before the request", "\r\n" + get + "\r\n"),
        Case("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n"),
        Case("body with length", post + "Content-Length: 5\r\n\r\nhello"),
        Case("body in chunks", chunked + "5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n"),
        Case("chunks with trailers", chunked + "A\r\n0123456789\r\n0\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\n"),
        Case("absolute target", "GET http://b.example:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("absolute target without path", "GET http://b.example HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
        Case("odd letter case", get + "x-ODD-cAsE:\t v \t\r\ncoNNection: CLOSE\r\n\r\n"),
        Case("options in Connection", get + "X-Hop: 1\r\nX-Stay: 2\r\nConnection: x-hop, keep-alive\r\n\r\n"),
        Case("underscore lookalike", post + "Transfer_Encoding: chunked\r\nContent-Length: 0\r\n\r\n"),
        Case("obs-text in a value", get + "X: \u{e9}\r\n\r\n"),
        Case("IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"),
        Case("expectation", post + "Expect: 100-Continue\r\nContent-Length: 1\r\n\r\nx"),
    ]

    static let refused: [Case] = [
        Case(
            "both framings",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            .lengthAndTransferEncoding
        ),
        Case("equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", .repeatedContentLength),
        Case("list of lengths", post + "Content-Length: 5, 5\r\n\r\n", .invalidContentLength),
        Case("signed length", post + "Content-Length: +5\r\n\r\n", .invalidContentLength),
        Case("negative length", post + "Content-Length: -1\r\n\r\n", .invalidContentLength),
        Case("hexadecimal length", post + "Content-Length: 0x5\r\n\r\n", .invalidContentLength),
        Case("spaced length", post + "Content-Length: 5 5\r\n\r\n", .invalidContentLength),
        Case("empty length", post + "Content-Length:\r\n\r\n", .invalidContentLength),
        Case("huge length", post + "Content-Length: 9223372036854775808\r\n\r\n", .invalidContentLength),
        Case("space before colon", post + "Content-Length : 5\r\n\r\n", .invalidFieldName),
        Case("unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n", .unknownTransferCoding),
        Case("identity last", post + "Transfer-Encoding: chunked, identity\r\n\r\n", .unknownTransferCoding),
        Case("gzip first", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", .unknownTransferCoding),
        Case("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n", .repeatedChunked),
        Case(
            "chunked in two headers",
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            .repeatedChunked
        ),
        Case("vertical tab", post + "Transfer-Encoding: \u{b}chunked\r\n\r\n", .controlByte),
        Case("empty coding", post + "Transfer-Encoding:\r\n\r\n", .malformedTransferEncoding),
        Case("coding on 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingOnHTTP10),
        Case("folded header", get + "X: a\r\n b\r\n\r\n", .obsoleteFold),
        Case("folded first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .obsoleteFold),
        Case("chunk size 0x3", chunked + "0x3\r\nabc\r\n0\r\n\r\n", .invalidChunkSize),
        Case("chunk size +3", chunked + "+3\r\nabc\r\n0\r\n\r\n", .invalidChunkSize),
        Case("chunk size overflow", chunked + "FFFFFFFFFFFFFFFF\r\n", .invalidChunkSize),
        Case("chunk size too long", chunked + "00000000000000003\r\nabc\r\n0\r\n\r\n", .invalidChunkSize),
        Case("chunk size with space", chunked + "3 \r\nabc\r\n0\r\n\r\n", .invalidChunkSize),
        Case("no chunk size", chunked + "\r\n\r\n", .invalidChunkSize),
        Case("chunk without CR LF", chunked + "3\r\nabcd\r\n0\r\n\r\n", .malformedChunkEnd),
        Case("chunk line with bare LF", chunked + "3\nabc\r\n0\r\n\r\n", .bareLineFeed),
        Case("chunk extension with bare LF", chunked + "3;a\nabc\r\n0\r\n\r\n", .bareLineFeed),
        Case("chunk extension too long", chunked + "3;" + String(repeating: "a", count: 300), .chunkLineTooLong),
        Case("trailer without colon", chunked + "0\r\nfoo\r\n\r\n", .missingColon),
        Case("bare LF", "GET / HTTP/1.1\nHost: a\n\n", .bareLineFeed),
        Case("bare LF in headers", get + "X: a\n\r\n", .bareLineFeed),
        Case("bare CR in value", get + "X: a\rb\r\n\r\n", .bareCarriageReturn),
        Case("NUL in value", get + "X: a\u{0}b\r\n\r\n", .controlByte),
        Case("DEL in value", get + "X: a\u{7f}b\r\n\r\n", .controlByte),
        Case("no Host", "GET / HTTP/1.1\r\n\r\n", .missingHost),
        Case("two Hosts", get + "Host: b\r\n\r\n", .repeatedHost),
        Case("Host list", "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", .invalidHost),
        Case("Host with user", "GET / HTTP/1.1\r\nHost: u@b\r\n\r\n", .invalidHost),
        Case("no colon", get + "Foo\r\n\r\n", .missingColon),
        Case("empty name", get + ": x\r\n\r\n", .invalidFieldName),
        Case("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", .unsupportedVersion),
        Case("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", .unsupportedVersion),
        Case("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .unsupportedVersion),
        Case("HTTP/0.9", "GET /\r\n", .malformedRequestLine),
        Case("lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        Case("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        Case("space in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        Case("fragment", "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", .fragmentInTarget),
        Case("relative target", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Case("user in target", "GET http://u@b/ HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Case("asterisk with GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Case("raw UTF-8 in target", "GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Case("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", .methodNotAllowed),
        Case("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", .methodNotAllowed),
        Case(
            "Connection: content-length",
            post + "Content-Length: 0\r\nConnection: content-length\r\n\r\n",
            .protectedConnectionOption
        ),
        Case("Connection: authorization", get + "Connection: Authorization\r\n\r\n", .protectedConnectionOption),
        Case("Connection not a list", get + "Connection: a b\r\n\r\n", .malformedConnection),
        Case("expectation unknown", post + "Expect: 200-ok\r\nContent-Length: 0\r\n\r\n", .unknownExpectation),
        Case("101 headers", get + String(repeating: "X: y\r\n", count: 100) + "\r\n", .tooManyFields),
        Case("70 KB header", get + "X: " + String(repeating: "y", count: 70_000) + "\r\n\r\n", .headTooLarge),
        Case("70 KB target", "GET /" + String(repeating: "y", count: 70_000) + " HTTP/1.1\r\n\r\n", .headTooLarge),
        Case("TLS instead of HTTP", "\u{16}\u{3}\u{1}\u{0}", .controlByte),
    ]
}
