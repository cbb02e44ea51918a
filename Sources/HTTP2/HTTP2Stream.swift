public import NIOCore

/// One stream of a connection (RFC 9113 section 5.1), as long as it is open at either side.
public final class HTTP2Stream {
    /// Its number.
    public let identifier: UInt32
    /// Whether the peer has ended its side.
    public internal(set) var isRemoteDone = false
    /// Bytes that wait for the peer's window.
    public var queued: Int { queue.readableBytes }
    /// How many bytes of a body the peer has announced and not sent yet; nil when it has not said.
    public var expectedBytes: Int?

    /// Who serves it; nil once the stream has ended.
    public internal(set) var handler: (any HTTP2StreamHandler)?
    /// Whether our side has ended, at least in the queue.
    var isEnding = false
    /// Whether the end of our side was sent.
    public internal(set) var isLocalDone = false
    /// What we may still send; negative when the peer has made it smaller.
    var sendWindow: Int
    /// What the peer may still send.
    var receiveWindow: Int
    /// What waits for the peer's window.
    var queue = ByteBuffer()
    /// What comes behind it.
    var trailers: HeaderBlock?

    init(_ identifier: UInt32, sendWindow: Int, receiveWindow: Int) {
        self.identifier = identifier
        self.sendWindow = sendWindow
        self.receiveWindow = receiveWindow
    }

    /// Counts `count` bytes of a body, and whether it ends; returns whether that is what was announced.
    func expects(_ count: Int, isLast: Bool) -> Bool {
        guard let expected = expectedBytes else { return true }
        expectedBytes = expected - count
        return count <= expected && (!isLast || count == expected)
    }
}

/// Who serves a stream.
public protocol HTTP2StreamHandler: AnyObject {
    /// A header block has come: a head, or trailers.
    func receive(_ block: HeaderBlock, isLast: Bool)
    /// A piece of the body has come, possibly an empty one.
    func receive(_ data: ByteBuffer, isLast: Bool)
    /// Something that waited for the peer's window was sent.
    func queueShrank()
    /// The stream was ended before its time, by its peer or by an error; it is not in the table any more.
    func ended(_ code: HTTP2ErrorCode)
}

/// Who owns a connection.
public protocol HTTP2SessionDelegate: AnyObject {
    /// A client has opened a stream; returns who serves it, or nil if nobody does.
    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)?
    /// A stream has left the table, for whatever reason.
    func closedStream()
    /// The peer wants no more streams; those that it will not serve have ended as refused.
    func peerGoesAway()
    /// A GOAWAY with an error has been written: the connection has to be closed.
    func failed(_ code: HTTP2ErrorCode)
    /// The answer to ``HTTP2Session/ping(_:)`` has come.
    func acknowledgedPing()
    /// A frame of a known type that is no answer to a PING has come while such an answer is awaited.
    func heardWhileAwaitingPing()
}

extension HTTP2SessionDelegate {
    /// Whoever sends no PING is told of no answer.
    public func acknowledgedPing() {}
    /// Nor of anything that comes before it.
    public func heardWhileAwaitingPing() {}
}
