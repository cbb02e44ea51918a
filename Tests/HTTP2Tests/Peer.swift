import NIOCore

@testable import HTTP2

/// One side of a connection that notes what it is told.
final class Peer: HTTP2SessionDelegate {
    /// One stream as its side sees it.
    final class Side: HTTP2StreamHandler {
        var heads: [[String]] = []
        var body: [UInt8] = []
        var isDone = false
        var code: HTTP2ErrorCode?
        var shrank = 0
        /// What is done when a head has come.
        var onHead: (() -> Void)?

        func receive(_ block: HeaderBlock, isLast: Bool) {
            var lines: [String] = []
            block.forEach { name, value in
                lines.append("\(String(decoding: name)): \(String(decoding: value))")
                return true
            }
            heads.append(lines)
            isDone = isDone || isLast
            onHead?()
        }

        func receive(_ data: ByteBuffer, isLast: Bool) {
            body += data.readableBytesView
            isDone = isDone || isLast
        }

        func queueShrank() { shrank += 1 }

        func ended(_ code: HTTP2ErrorCode) { self.code = code }
    }

    let session: HTTP2Session
    var sides: [(stream: HTTP2Stream, side: Side)] = []
    var isLeft = false
    var code: HTTP2ErrorCode?
    var closed = 0
    var acknowledgedPings = 0
    var heardFrames = 0
    /// What is done with a stream that the peer opens.
    var onOpen: ((HTTP2Stream, Side) -> Void)?

    init(_ role: HTTP2Session.Role, window: Int = 65_535, tableSize: Int = 4096) {
        var settings = HTTP2Settings()
        settings.maxConcurrentStreams = 100
        settings.initialWindowSize = window
        settings.headerTableSize = tableSize
        settings.maxHeaderListSize = 60 * 1024
        session = HTTP2Session(role, settings: settings, connectionWindow: 4 << 20)
        session.delegate = self
        session.start()
    }

    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)? {
        let side = Side()
        sides.append((stream, side))
        onOpen?(stream, side)
        return side
    }

    func closedStream() { closed += 1 }

    func peerGoesAway() { isLeft = true }

    func failed(_ code: HTTP2ErrorCode) { self.code = code }

    func acknowledgedPing() { acknowledgedPings += 1 }

    func heardWhileAwaitingPing() { heardFrames += 1 }

    /// Opens a stream and sends its head.
    func request(isLast: Bool, _ fields: [(String, String)] = []) -> (stream: HTTP2Stream, side: Side)? {
        let side = Side()
        guard let stream = session.open(side) else { return nil }
        send([(":method", "GET")] + fields, on: stream, isLast: isLast)
        return (stream, side)
    }

    /// Sends a block.
    func send(_ fields: [(String, String)], on stream: HTTP2Stream, isLast: Bool) {
        guard session.beginHeaders(stream) else { return }
        for (name, value) in fields { session.field(name, value) }
        session.endHeaders(stream, isLast: isLast)
    }

    /// Answers each request with a body of so many bytes.
    func answersEach(with count: Int) {
        onOpen = { [unowned self] stream, side in
            side.onHead = { [unowned self] in
                send([(":status", "200")], on: stream, isLast: false)
                session.send(ByteBuffer(repeating: 0x78, count: count), on: stream)
                session.end(stream)
            }
        }
    }

    /// Has two sides read what the other has sent, in pieces of at most `size` bytes, until nothing more comes.
    static func talk(_ one: Peer, _ other: Peer, size: Int = .max) {
        while one.session.output.readableBytes + other.session.output.readableBytes > 0 {
            for (from, to) in [(one, other), (other, one)] {
                var bytes = from.session.takeOutput()
                while let piece = bytes.readSlice(length: min(size, bytes.readableBytes)), piece.readableBytes > 0 {
                    to.session.receive(piece)
                }
            }
        }
    }
}
