import NIOCore
import Testing

@testable import SidecarProxy

@Suite("auto_host_rewrite")
struct EndpointHostTests {
    private static func put(
        _ names: [String],
        into head: String,
        forwarded: Bool = false,
        original: Bool = false
    ) -> String {
        var host = EndpointHost(tellsClientsHost: forwarded, tellsOriginalHost: original)
        var buffer = ByteBuffer(string: "skipped" + head)
        buffer.moveReaderIndex(forwardBy: 7)
        for name in names { host.put(name, into: &buffer) }
        return String(buffer: buffer)
    }

    @Test(
        "The name of the endpoint takes the place of the host",
        arguments: [
            ("GET / HTTP/1.1\r\nhost: a.example\r\nx: 1\r\n\r\n", "GET / HTTP/1.1\r\nhost: b\r\nx: 1\r\n\r\n"),
            ("GET / HTTP/1.1\r\nhost: \r\n\r\n", "GET / HTTP/1.1\r\nhost: b\r\n\r\n"),
            ("GET / HTTP/1.1\r\nxhost: a\r\n\r\n", "GET / HTTP/1.1\r\nxhost: a\r\n\r\n"),
        ]
    )
    func replaces(_ head: String, _ expected: String) {
        #expect(Self.put(["b"], into: head) == expected)
    }

    @Test("Of several attempts only the first tells the client's host")
    func attempts() {
        let head = "GET / HTTP/1.1\r\nhost: a\r\nx: 1\r\n\r\n"
        let expected = "GET / HTTP/1.1\r\nhost: c\r\nx: 1\r\nx-envoy-original-host: a\r\nx-forwarded-host: a\r\n\r\n"
        #expect(Self.put(["b", "c"], into: head, forwarded: true, original: true) == expected)
        #expect(Self.put(["", "c"], into: head, forwarded: true, original: true) == expected)
    }

    @Test("What is no whole head does no harm", arguments: ["", "\r\n", "\nhost: ", "\nhost: a", "\nhost: a\r"])
    func fragments(_ text: String) {
        let changed = Self.put(["b"], into: text, forwarded: true, original: true)
        #expect(changed == text || changed.hasSuffix("\r\n"))
    }
}
