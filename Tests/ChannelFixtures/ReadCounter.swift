public import NIOCore

/// Counts the reads that the handlers behind it ask the channel for.
public final class ReadCounter: ChannelOutboundHandler {
    /// Passes as it is.
    public typealias OutboundIn = ByteBuffer

    /// How many there were.
    public private(set) var count = 0

    /// Begins at 0.
    public init() {}

    /// Counts, and passes the read on.
    public func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
