import NIOCore
import NIOHTTP2

/// Who wants to know what a connection of HTTP/2 really sends.
protocol HTTP2FrameObserver: AnyObject {
    /// `count` bytes of data, which may have waited for the peer's window, have left a stream's queue.
    func sentData(_ streamID: HTTP2StreamID, _ count: Int)
    /// The connection has been given up because of an error.
    func sentFatalGoAway()
}

/// Stands between the handler of HTTP/2 and an observer, so that neither keeps the other alive.
final class HTTP2FrameMeter: NIOHTTP2FrameDelegate {
    weak var observer: (any HTTP2FrameObserver)?

    func wroteFrame(_ frame: HTTP2Frame) {
        switch frame.payload {
        case .data(let data): observer?.sentData(frame.streamID, data.data.readableBytes)
        case .goAway(_, let code, _) where code != .noError: observer?.sentFatalGoAway()
        default: break
        }
    }
}
