import HTTP2
import NIOCore
import ProxyConfiguration

/// What connections of HTTP/2 have on both sides.
enum HTTP2Stack {
    /// Bytes of a stream that wait for the peer's window before the other side is stopped.
    static let highWatermark = 64 * 1024
    /// Bytes of a stream that wait when the other side goes on.
    static let lowWatermark = 32 * 1024
    /// Bytes of a stream whose client's window is shut that wait before the endpoint is stopped.
    static let shutWatermark = 16 * 1024

    /// Makes one side of a connection.
    static func session(_ role: HTTP2Session.Role, _ options: HTTP2Options) -> HTTP2Session {
        var settings = HTTP2Settings()
        settings.maxConcurrentStreams = options.maxConcurrentStreams
        settings.initialWindowSize = options.initialStreamWindow
        settings.headerTableSize = options.headerTableSize
        settings.maxHeaderListSize = 60 * 1024
        return HTTP2Session(role, settings: settings, connectionWindow: options.initialConnectionWindow)
    }
}
