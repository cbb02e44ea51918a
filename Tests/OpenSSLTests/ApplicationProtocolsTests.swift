import Testing

@testable import OpenSSL

@Suite struct ApplicationProtocolsTests {
    private func offer(_ names: String...) -> [UInt8] {
        names.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    }

    @Test("Our preference decides, not the order of the offer")
    func prefersOurs() throws {
        let protocols = try ApplicationProtocols(["h2", "http/1.1"])
        #expect(protocols.select(from: offer("http/1.1", "h2")) == 10..<12)
        #expect(protocols.select(from: offer("x", "http/1.1")) == 3..<11)
    }

    @Test("Nothing in common selects nothing")
    func selectsNothing() throws {
        let protocols = try ApplicationProtocols(["http/1.1"])
        #expect(protocols.select(from: offer("h2", "http/1.0", "HTTP/1.1")) == nil)
    }

    @Test(
        "A malformed offer selects nothing",
        arguments: [[], [0], [9], [255, 104], [8, 104, 116], [8] + Array("http/1.1".utf8) + [0]] as [[UInt8]]
    )
    func refusesMalformed(offer: [UInt8]) throws {
        let protocols = try ApplicationProtocols(["http/1.1"])
        #expect(protocols.select(from: offer) == nil)
    }

    @Test("A name has 1 to 255 bytes", arguments: ["", String(repeating: "a", count: 256)])
    func refusesNames(name: String) {
        #expect(throws: OpenSSLError(.invalidConfiguration, "", at: name)) { _ = try ApplicationProtocols([name]) }
    }
}
