import CertificateFixtures
import NIOCore
import OpenSSL
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("The first message of TLS")
struct ClientHelloTests {
    private static func hello(_ name: String?, _ protocols: [String]) throws -> [UInt8] {
        var configuration = TLSClientConfiguration(applicationProtocols: protocols)
        configuration.verifiesServer = false
        let connection = try TLSConnection(TLSContext(client: configuration), serverName: name)
        _ = connection.handshake()
        return Array(connection.takeCiphertext().readableBytesView)
    }

    @Test("A real client's name and protocols are found")
    func found() throws {
        let bytes = try Self.hello("A.Example", ["h2", "http/1.1"])
        let expected = ClientHello(serverName: "a.example", applicationProtocols: ["h2", "http/1.1"])
        let verdict = ClientHello.judge(bytes.span)
        #expect(verdict == .hello(expected))
    }

    @Test("However it is cut, the beginning of a ClientHello is incomplete")
    func incomplete() throws {
        let bytes = try Self.hello("a.example", ["h2"])
        for count in 0..<bytes.count {
            let part = Array(bytes[..<count])
            let verdict = ClientHello.judge(part.span)
            #expect(verdict == .incomplete)
        }
    }

    @Test("A message spread over small records is put together")
    func records() throws {
        let bytes = try Self.hello("a.example", [])
        let message = bytes.dropFirst(5)
        var spread: [UInt8] = []
        var rest = message
        while !rest.isEmpty {
            let part = rest.prefix(7)
            spread += [0x16, 3, 1, 0, UInt8(part.count)] + part
            rest = rest.dropFirst(7)
        }
        let verdict = ClientHello.judge(spread.span)
        #expect(verdict == .hello(ClientHello(serverName: "a.example")))
    }

    @Test("What does not begin like TLS is plain", arguments: ["GET / HTTP/1.1\r\n", "PRI * HTTP/2.0", "\u{15}"])
    func plain(_ text: String) {
        let bytes = Array(text.utf8)
        let verdict = ClientHello.judge(bytes.span)
        #expect(verdict == .plain)
    }

    @Test("A message that lies about its lengths counts as one without a name")
    func lies() throws {
        let bytes = try Self.hello("a.example", ["h2"])
        for index in 9..<bytes.count {
            var changed = bytes
            changed[index] = 0xFF
            // Whatever it is taken for, looking at it ends.
            let verdict = ClientHello.judge(changed.span)
            #expect(verdict != .plain)
        }
    }
}
