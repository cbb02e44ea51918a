import CertificateFixtures
import NIOCore
import OpenSSL
import Testing

@Suite struct TLSConnectionTransferTests {
    let authority: TestAuthority

    init() throws {
        authority = try TestAuthority()
    }

    private func connected(_ version: TLSVersion = .tls13) throws -> ConnectionPair {
        let pair = try ConnectionPair(
            authority.serverConfiguration(),
            authority.clientConfiguration(version: version)
        )
        #expect(pair.handshake().server == .complete)
        return pair
    }

    @Test(
        "Data arrives byte for byte in both directions",
        arguments: TLSVersion.allCases,
        [1, 7, 1_000, 16_383, 16_385, 65_537]
    )
    func transfersExactly(version: TLSVersion, chunk: Int) throws {
        let pair = try connected(version)
        let total = min(chunk * 5 + 3, 200_000)
        var random = SystemRandomNumberGenerator()
        let bytes = ByteBuffer(bytes: (0..<total).map { _ in UInt8.random(in: 0...255, using: &random) })
        for (sender, receiver) in [(pair.client, pair.server), (pair.server, pair.client)] {
            var rest = bytes
            var arrived = ByteBuffer()
            while let piece = rest.readSlice(length: min(chunk, rest.readableBytes)), piece.readableBytes > 0 {
                try sender.write(piece)
                pair.carry(from: sender, to: receiver, chunk: chunk)
                var (part, step) = pair.read(receiver)
                #expect(step == .needsInput)
                arrived.writeBuffer(&part)
            }
            #expect(arrived == bytes)
        }
    }

    @Test("Records cut at every byte are put together again")
    func reassemblesRecords() throws {
        let pair = try connected()
        try pair.client.write(ByteBuffer(string: "to be continued"))
        var bytes = pair.client.takeCiphertext()
        var arrived = ByteBuffer()
        while let byte = bytes.readSlice(length: 1) {
            pair.server.receive(byte)
            #expect(pair.server.read(into: &arrived) == .needsInput)
        }
        #expect(String(buffer: arrived) == "to be continued")
    }

    @Test("close_notify ends one direction and leaves the other open", arguments: TLSVersion.allCases)
    func closesOneDirection(version: TLSVersion) throws {
        let pair = try connected(version)
        try pair.client.write(ByteBuffer(string: "last words"))
        pair.client.close()
        pair.carry(from: pair.client, to: pair.server)
        let (bytes, step) = pair.read(pair.server)
        #expect(String(buffer: bytes) == "last words")
        #expect(step == .closed)
        try pair.server.write(ByteBuffer(string: "answer"))
        pair.carry(from: pair.server, to: pair.client)
        #expect(String(buffer: pair.read(pair.client).bytes) == "answer")
    }

    @Test("An end without close_notify is told apart, after what arrived", arguments: TLSVersion.allCases)
    func detectsTruncation(version: TLSVersion) throws {
        let pair = try connected(version)
        try pair.client.write(ByteBuffer(string: "half a mess"))
        pair.carry(from: pair.client, to: pair.server)
        pair.server.receiveEnd()
        let (bytes, step) = pair.read(pair.server)
        #expect(String(buffer: bytes) == "half a mess")
        #expect(step == .failed(OpenSSLError(.uncleanShutdown, "")))
    }

    @Test("A record that was tampered with breaks the session", arguments: TLSVersion.allCases)
    func refusesTamperedRecord(version: TLSVersion) throws {
        let pair = try connected(version)
        try pair.client.write(ByteBuffer(string: "pay 1"))
        var bytes = pair.client.takeCiphertext()
        let last = bytes.writerIndex - 1
        let value = try #require(bytes.getInteger(at: last, as: UInt8.self))
        bytes.setInteger(value ^ 1, at: last)
        pair.server.receive(bytes)
        #expect(pair.read(pair.server).step == .failed(OpenSSLError(.protocolViolation, "")))
    }

    @Test("Nothing can be written after close")
    func refusesWriteAfterClose() throws {
        let pair = try connected()
        pair.server.close()
        #expect(throws: OpenSSLError(.closed, "")) {
            try pair.server.write(ByteBuffer(string: "late"))
        }
    }
}
