import NIOCore
import NIOEmbedded
import Testing

@testable import SidecarProxy

@Suite("The gate before HTTP/2")
struct HTTP2GateTests {
    private static let magic = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    private static let windowUpdate: [UInt8] = [0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1]

    private final class Flag {
        var isSet = false
    }

    @Test("A flood of WINDOW_UPDATE is told, however it is cut", arguments: [1, 7, 13, 4096])
    func flood(_ size: Int) throws {
        let flag = Flag()
        let gate = HTTP2Gate(isServer: true, budget: 10)
        gate.flooded = { flag.isSet = true }
        let channel = EmbeddedChannel(handler: gate)
        var bytes = Self.magic
        for _ in 0..<11 { bytes += Self.windowUpdate }
        var rest = bytes[...]
        while !rest.isEmpty {
            try channel.writeInbound(ByteBuffer(bytes: rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        #expect(flag.isSet)
    }

    @Test("As many as the data that was sent may ask for are none")
    func calm() throws {
        let flag = Flag()
        let gate = HTTP2Gate(isServer: true, budget: 10)
        gate.flooded = { flag.isSet = true }
        let channel = EmbeddedChannel(handler: gate)
        try channel.writeInbound(ByteBuffer(bytes: Self.magic))
        for _ in 0..<30 {
            gate.credit()
            try channel.writeInbound(ByteBuffer(bytes: Self.windowUpdate))
        }
        #expect(!flag.isSet)
    }

    @Test("A header block is open until END_HEADERS")
    func headerBlock() throws {
        let gate = HTTP2Gate(isServer: false)
        let channel = EmbeddedChannel(handler: gate)
        try channel.writeInbound(ByteBuffer(bytes: [0, 0, 1, 1, 0, 0, 0, 0, 1, 0x82]))
        #expect(gate.headerBlockStart != nil)
        try channel.writeInbound(ByteBuffer(bytes: [0, 0, 1, 9, 4, 0, 0, 0, 1, 0x84]))
        #expect(gate.headerBlockStart == nil)
    }

    @Test(
        "A block for a stream that is not new is told when what comes before it has been passed on",
        arguments: [1, 5, 64]
    )
    func reopened(_ size: Int) throws {
        let gate = HTTP2Gate(isServer: true)
        let channel = EmbeddedChannel(handler: gate)
        var told: [UInt32] = []
        var passed = 0
        func count() throws {
            while let bytes = try channel.readInbound(as: ByteBuffer.self) { passed += bytes.readableBytes }
        }
        gate.reopened = { stream in
            told.append(stream)
            return told.count < 2
        }
        let block: [UInt8] = [0, 0, 1, 1, 4, 0, 0, 0, 3, 0x82]
        var rest = (Self.magic + block + block + Self.windowUpdate + block + block)[...]
        while !rest.isEmpty {
            try channel.writeInbound(ByteBuffer(bytes: rest.prefix(size)))
            rest = rest.dropFirst(size)
            if told.count == 2 { gate.isShut = true }
        }
        try count()
        #expect(told == [3, 3])
        // Up to the header of the frame that may not be read.
        #expect(passed == Self.magic.count + 2 * block.count + Self.windowUpdate.count + 9)
    }

    @Test("Shut, it lets nothing through")
    func shut() throws {
        let gate = HTTP2Gate(isServer: false)
        let channel = EmbeddedChannel(handler: gate)
        gate.isShut = true
        try channel.writeInbound(ByteBuffer(bytes: Self.windowUpdate))
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
    }
}
