import NIOCore
import Testing

@testable import HTTP2

@Suite("What a side may be told")
struct OptionTests {
    @Test("Windows and tables that are not the usual ones", arguments: [0, 100, 4096, 65_536])
    func tables(_ size: Int) throws {
        let client = Peer(.client, tableSize: size)
        let server = Peer(.server, window: 200_000, tableSize: size)
        Peer.talk(client, server)
        #expect(client.session.peer.headerTableSize == size && client.session.peer.initialWindowSize == 200_000)
        for number in 0..<20 {
            let fields = [("x-n", "\(number % 3)"), ("x-long", String(repeating: "v", count: 100 * (number % 5)))]
            let request = try #require(client.request(isLast: false, fields))
            client.session.send(ByteBuffer(repeating: 1, count: 150_000), on: request.stream)
            #expect(request.stream.queued == 0)
            client.session.end(request.stream)
            Peer.talk(client, server)
            #expect(server.sides.last?.side.body.count == 150_000)
        }
        #expect(client.code == nil && server.code == nil)
    }

    @Test("Only a client may allow push", arguments: [UInt32(0), 1, 2])
    func push(_ value: UInt32) {
        for role in [HTTP2Session.Role.client, .server] {
            let side = Peer(role)
            if role == .server { side.session.receive(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) }
            var settings = ByteBuffer()
            HTTP2FrameHeader(4, length: 6, stream: 0).write(to: &settings)
            settings.writeInteger(UInt16(2))
            settings.writeInteger(value)
            side.session.receive(settings)
            #expect(side.code == (value > (role == .client ? 0 : 1) ? .protocolError : nil))
        }
    }
}
