public import NIOCore

/// What one HTTP connection may cost: sizes in bytes, deadlines as durations.
public struct HTTPServerLimits: Sendable, Equatable {
    /// The longest body; a longer one is answered with 413.
    ///
    /// 32 MiB, because the API server escapes `<`, `>` and `&` six-fold, so that a legal pod of 3.1 MB arrives as
    /// 18.6 MB, and an update carries two objects.
    public var bodyBytes = 32 * 1024 * 1024
    /// The most bytes of a head, from the request line to the empty line (431); at most 65,535.
    public var headerBytes = 32 * 1024
    /// The most header and trailer fields (431).
    public var headerFields = 64
    /// The longest request line: method, target and version (414).
    public var requestLineBytes = 2 * 1024
    /// From the first byte of a request to the end of its head.
    public var headersTimeout = TimeAmount.seconds(5)
    /// From the end of the head to the end of the body.
    public var bodyTimeout = TimeAmount.seconds(10)
    /// How long a connection may be idle, from its start or its last reply.
    ///
    /// Twice the 90 seconds for which Go clients keep their side: the client must be the one that closes, because it
    /// does not retry a POST that crosses with our close.
    public var idleTimeout = TimeAmount.seconds(180)
    /// How long a responder may take; the longest `timeoutSeconds` of a webhook is 30.
    public var responseTimeout = TimeAmount.seconds(30)
    /// How long the peer may take no bytes of a reply.
    public var writeStallTimeout = TimeAmount.seconds(10)
    /// How long the rest of a refused request is read and dropped, so that the reply survives on its way.
    ///
    /// Closing a socket with unread input resets the connection, and a reset overtakes the reply.
    public var lingerTimeout = TimeAmount.seconds(2)

    /// Makes the default limits.
    public init() {}

    /// The longest body in a container with so much memory: 32 MiB, or an eighth of it, but 1 MiB in any case.
    ///
    /// A legal body that is larger than that would end the process instead of being refused.
    ///
    /// - Parameter memoryLimit: The memory of the container (``MemoryLimit/current()``); nil for no limit.
    /// - Returns: The bytes.
    public static func bodyBytes(memoryLimit: UInt64?) -> Int {
        let most = HTTPServerLimits().bodyBytes
        guard let memoryLimit else { return most }
        return max(1 << 20, min(most, Int(clamping: memoryLimit / 8)))
    }
}
