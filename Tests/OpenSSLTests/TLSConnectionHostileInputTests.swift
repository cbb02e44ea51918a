import CertificateFixtures
import NIOCore
import OpenSSL
import Testing

@Suite struct TLSConnectionHostileInputTests {
    let context: TLSContext
    let hello: ByteBuffer

    init() throws {
        let authority = try TestAuthority()
        context = try TLSContext(
            server: authority.serverConfiguration(protocols: ["http/1.1"], clients: authority.trusted)
        )
        let client = try TLSConnection(
            TLSContext(client: authority.clientConfiguration(protocols: ["http/1.1"])),
            serverName: "localhost"
        )
        #expect(client.handshake() == .needsInput)
        hello = client.takeCiphertext()
    }

    @Test("A ClientHello that is cut off at any byte is an interrupted handshake")
    func survivesTruncation() throws {
        for length in 0..<hello.readableBytes {
            let server = try TLSConnection(context)
            server.receive(try #require(hello.getSlice(at: 0, length: length)))
            #expect(server.handshake() == .needsInput)
            server.receiveEnd()
            #expect(server.handshake() == .failed(OpenSSLError(.handshakeInterrupted, "")), "cut at \(length)")
        }
    }

    @Test("A ClientHello with any byte changed never completes a handshake")
    func survivesMutation() throws {
        for index in 0..<hello.readableBytes {
            for change: UInt8 in [0x01, 0x80, 0xFF] {
                var bytes = hello
                let value = try #require(bytes.getInteger(at: index, as: UInt8.self))
                bytes.setInteger(value ^ change, at: index)
                let server = try TLSConnection(context)
                server.receive(bytes)
                #expect(server.handshake() != .complete)
            }
        }
    }

    @Test("Garbage fails the handshake or waits for more", arguments: 0..<64 as Range<UInt64>)
    func survivesGarbage(seed: UInt64) throws {
        var state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let bytes = (0..<512).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let server = try TLSConnection(context)
        server.receive(ByteBuffer(bytes: bytes))
        #expect(server.handshake() != .complete)
        server.receiveEnd()
        guard case .failed = server.handshake() else {
            Issue.record("seed \(seed) did not fail")
            return
        }
    }

    @Test("An SSL 2 hello is refused")
    func refusesSSL2() throws {
        let server = try TLSConnection(context)
        let message: [UInt8] = [0x80, 0x1C, 0x01, 0x00, 0x02, 0x00, 0x03, 0x00, 0x00, 0x00, 0x10, 0x07, 0x00, 0xC0]
        server.receive(ByteBuffer(bytes: message + [UInt8](repeating: 1, count: 16)))
        guard case .failed = server.handshake() else {
            Issue.record("the hello was accepted")
            return
        }
    }

    @Test("Another session is not disturbed by the errors of one that failed")
    func isolatesFailures() throws {
        let authority = try TestAuthority()
        let pair = try ConnectionPair(authority.serverConfiguration(), authority.clientConfiguration())
        #expect(pair.handshake().server == .complete)
        let broken = try TLSConnection(context)
        broken.receive(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
        _ = broken.handshake()
        #expect(pair.read(pair.server).step == .needsInput)
    }
}
