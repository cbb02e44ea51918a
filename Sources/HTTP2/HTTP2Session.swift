public import NIOCore

/// One side of a connection of HTTP/2 (RFC 9113): reads frames, keeps the streams and the windows, writes frames.
///
///     preface --SETTINGS--> open --fault--> failed
///
/// It has no channel: what is to be sent stands in ``output`` for whoever has one. Nothing it does waits or throws; a
/// fault of the peer ends in a GOAWAY and in ``HTTP2SessionDelegate/failed(_:)``.
///
/// Floods end with ENHANCE_YOUR_CALM: 1,000 frames in a second that carry nothing (SETTINGS, PING, PRIORITY, GOAWAY,
/// unknown ones, and WINDOW_UPDATE beyond two for each DATA), 200 streams of a client in half a minute that were reset
/// and not made up for by others, more than ten empty DATA in a row, a header block of more than sixteen frames or of
/// more than its list may count, and answers to frames that the peer does not read.
public final class HTTP2Session {
    /// Which side this is.
    public enum Role: Sendable {
        /// The side that opens streams.
        case client
        /// The side that serves them.
        case server
    }

    let role: Role
    let settings: HTTP2Settings
    /// What the connection's own window is opened to.
    let connectionWindow: Int
    /// Who is told; set before the first byte.
    public weak var delegate: (any HTTP2SessionDelegate)?

    /// The frames that are to be sent.
    public internal(set) var output = ByteBuffer()
    /// The streams that are open, by their numbers.
    public internal(set) var streams: [UInt32: HTTP2Stream] = [:]
    /// Whether the connection has been given up: nothing is read any more.
    public internal(set) var hasFailed = false
    /// The newest stream of the peer.
    public internal(set) var newestRemote: UInt32 = 0
    /// Since when a header block is incomplete, or nil.
    public internal(set) var headerBlockStart: NIODeadline?
    /// What the peer allows.
    public internal(set) var peer = HTTP2Settings()
    /// Whether the channel takes more; while it does not, bodies wait.
    public var isWritable = true {
        didSet { if isWritable, !oldValue { sendQueued() } }
    }

    // Reading.
    var input = ByteBuffer()
    var prefaceRest: Int
    var hasSettings = false
    var decoder: HPACKDecoder
    var list = HeaderBlock()
    /// The block that is incomplete.
    var openBlock: OpenBlock?
    /// Numbers of streams that were reset here, for which frames may still be under way; the oldest go.
    var resetHere = CircularBuffer<UInt32>()
    /// The newest stream that is served when the connection is being left.
    var lastServed: UInt32?
    var controlFrames = FrameBudget(1000, per: .seconds(1))
    var resets: FrameBudget
    var emptyData = 0
    /// What the answer to our PING has to repeat; nil when none is awaited.
    var awaitedPing: UInt64?
    /// What came of the connection's window and was not given back.
    var unreturned = 0
    var receiveWindow = 65_535

    // Writing.
    var encoder: HPACKEncoder
    var sendWindow = 65_535
    var nextLocal: UInt32 = 1
    /// Streams with a queue, in the order in which they get their turns.
    var waiting = CircularBuffer<HTTP2Stream>()
    /// The stream of the newest frame in ``output`` and where its flags are, if it can still become the last.
    var newest: (stream: UInt32, flags: Int)?
    /// Answers to control frames since the channel took the last ones.
    var unreadAnswers = 0

    /// Makes a session.
    ///
    /// - Parameters:
    ///   - role: Which side this is.
    ///   - settings: What it allows.
    ///   - connectionWindow: The most bytes of all streams together that are on their way.
    public init(_ role: Role, settings: HTTP2Settings, connectionWindow: Int) {
        self.role = role
        self.settings = settings
        self.connectionWindow = connectionWindow
        prefaceRest = role == .server ? Self.preface.utf8CodeUnitCount : 0
        decoder = HPACKDecoder(tableSize: settings.headerTableSize, listLimit: min(settings.maxHeaderListSize, 1 << 20))
        encoder = HPACKEncoder(tableLimit: settings.headerTableSize)
        resets = role == .server ? FrameBudget(200, per: .seconds(30)) : FrameBudget(1000, per: .seconds(1))
    }

    /// What a client begins with (RFC 9113 section 3.4).
    static let preface: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    /// Writes what a connection begins with.
    public func start() {
        if role == .client { output.writeStaticString(Self.preface) }
        settings.write(refusingPush: role == .client, to: &output)
        giveBack(max(0, connectionWindow - receiveWindow))
    }

    /// Takes out what is to be sent.
    public func takeOutput() -> ByteBuffer {
        newest = nil
        unreadAnswers = isWritable ? 0 : unreadAnswers
        let taken = output
        output = ByteBuffer()
        return taken
    }

    /// Ends the connection because of what the peer did, or of what it did not do.
    public func fail(_ code: HTTP2ErrorCode) {
        guard !hasFailed else { return }
        writeGoAway(last: newestRemote, code)
        hasFailed = true
        headerBlockStart = nil
        input = ByteBuffer()
        delegate?.failed(code)
    }

    /// Whether another stream can be opened from here.
    public var canOpen: Bool { !hasFailed && nextLocal <= UInt32(Int32.max) }

    /// Asks the peer to open no more streams (RFC 9113 section 6.8).
    ///
    /// - Parameter isFinal: Whether those above the newest one are refused; otherwise all are still served that the peer
    ///   opens before it knows.
    public func goAway(isFinal: Bool) {
        guard !hasFailed else { return }
        writeGoAway(last: isFinal ? newestRemote : UInt32(Int32.max), .noError)
        if isFinal { lastServed = newestRemote }
    }

    /// Gives the connection up and forgets all streams, whose handlers are told that they have ended.
    public func endStreams(_ code: HTTP2ErrorCode) {
        hasFailed = true
        let ending = streams.values
        streams = [:]
        waiting.removeAll()
        for stream in ending {
            let handler = stream.handler
            stream.handler = nil
            handler?.ended(code)
        }
    }

    /// Takes a stream off the table.
    func remove(_ stream: HTTP2Stream) {
        guard streams.removeValue(forKey: stream.identifier) != nil else { return }
        stream.handler = nil
        if stream.queued > 0 {
            waiting.removeAll { $0 === stream }
            stream.queue = ByteBuffer()
        }
        delegate?.closedStream()
    }

    private func writeGoAway(last: UInt32, _ code: HTTP2ErrorCode) {
        newest = nil
        HTTP2FrameHeader(HTTP2FrameHeader.Kind.goAway, length: 8, stream: 0).write(to: &output)
        output.writeInteger(last)
        output.writeInteger(code.rawValue)
    }
}
