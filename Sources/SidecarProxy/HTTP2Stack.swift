import NIOCore
import NIOHTTP2

/// Puts HTTP/2 on a channel, with the limits that both sides have.
enum HTTP2Stack {
    /// The most bytes of a stream that are on their way to us; the application that does not take them has so many wait.
    static let streamWindow = 65_535
    /// The most bytes of all streams of a connection that are on their way to us.
    static let connectionWindow = 1 << 20
    /// Bytes of a stream that wait for the peer's window before the other side is stopped.
    static let highWatermark = 64 * 1024
    /// Bytes of a stream that wait when the other side goes on.
    static let lowWatermark = 32 * 1024
    /// The most streams of a connection.
    static let streams = 100

    /// Adds the handlers.
    ///
    /// - Parameters:
    ///   - handler: Reads and writes frames.
    ///   - mode: Which side we are.
    ///   - channel: The connection.
    ///   - previous: The handler behind which they go; nil for the end of the pipeline.
    /// - Returns: The gate before them.
    /// - Throws: When the channel takes no handlers any more.
    static func install(
        _ handler: some ChannelInboundHandler & HTTP2FrameObserver,
        mode: NIOHTTP2Handler.ParserMode,
        on channel: any Channel,
        after previous: (any ChannelHandler)? = nil
    ) throws -> HTTP2Gate {
        let gate = HTTP2Gate(isServer: mode == .server)
        let meter = HTTP2FrameMeter()
        meter.observer = handler
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: streams),
            HTTP2Setting(parameter: .initialWindowSize, value: streamWindow),
            HTTP2Setting(parameter: .maxHeaderListSize, value: 60 * 1024),
        ]
        if mode == .client { connection.initialSettings.append(HTTP2Setting(parameter: .enablePush, value: 0)) }
        // Clients of gRPC measure the bandwidth by pings, many a second; a flood has thousands.
        connection.controlFrameRateLimit.maximumCount = 1000
        connection.controlFrameRateLimit.windowLength = .seconds(1)
        connection.maximumBufferedControlFrames = 1000
        var stream = NIOHTTP2Handler.StreamConfiguration()
        if mode == .client {
            stream.streamResetFrameRateLimit.maximumCount = 1000
            stream.streamResetFrameRateLimit.windowLength = .seconds(1)
        }
        let frames = NIOHTTP2Handler(
            mode: mode,
            frameDelegate: meter,
            connectionConfiguration: connection,
            streamConfiguration: stream
        )
        let pipeline = channel.pipeline.syncOperations
        if let previous {
            try pipeline.addHandler(gate, position: .after(previous))
            try pipeline.addHandler(frames, position: .after(gate))
            try pipeline.addHandler(handler, position: .after(frames))
        } else {
            try pipeline.addHandlers([gate, frames, handler])
        }
        return gate
    }
}
