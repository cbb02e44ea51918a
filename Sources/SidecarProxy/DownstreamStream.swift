import HTTP1
import NIOCore

/// The client's side of one exchange: a connection of HTTP/1 or a stream of HTTP/2.
///
/// An ``Exchange`` calls it to answer, in this order: ``sendInterim(_:_:)`` any number of times, then ``sendHead(_:_:_:)``,
/// ``sendBody(_:_:)`` any number of times and ``sendEnd(_:)``; or ``sendReply(_:)`` instead of all that. ``cut()`` may
/// come at any time and is the last.
protocol DownstreamStream: AnyObject {
    /// Whether the client takes more of the response now.
    var isWritable: Bool { get }
    /// How many bytes of the response the client has room for, as far as it says.
    var room: Int { get }
    /// Whether the kernel may move bytes of the response's body; known from the head on.
    var takesSplices: Bool { get }

    /// Passes an interim response on.
    func sendInterim(_ head: ResponseHead, _ bytes: ByteBuffer)
    /// Writes the head of the response; `additions` are lines that go behind the endpoint's own.
    func sendHead(_ head: ResponseHead, _ bytes: ByteBuffer, _ additions: ByteBuffer)
    /// Writes the piece of the body that lies at `range` of the readable bytes.
    func sendBody(_ bytes: ByteBuffer, _ range: Range<Int>)
    /// Sends what was written, and has the kernel move bytes of the body, if ``takesSplices``.
    ///
    /// - Parameters:
    ///   - source: The connection to the endpoint.
    ///   - limit: The most bytes to move.
    /// - Returns: How many were moved.
    func splice(from source: PlainSocket, atMost limit: Int) -> Int
    /// Ends the response; the exchange is over.
    func sendEnd(_ trailers: [UInt8])
    /// Answers with a reply of the proxy's own; the exchange is over.
    func sendReply(_ reply: LocalReply)
    /// Ends the response so that nobody takes the part for the whole; the exchange is over.
    func cut()
    /// Sends what was written.
    func flush()
    /// The endpoint takes more of the request again, or no more; see ``Exchange/acceptsBody``.
    func acceptanceChanged()
    /// Both sides exchange bytes without framing from here on.
    func beginTunnel()
    /// The endpoint has ended its side of the tunnel.
    func endTunnel()
    /// Has ``Exchange/check(_:)`` called no later than `deadline`.
    func arm(at deadline: NIODeadline)
}

/// What is framed has to be read; who does not frame says nothing about room.
extension DownstreamStream {
    var room: Int { .max }

    var takesSplices: Bool { false }

    func splice(from source: PlainSocket, atMost limit: Int) -> Int { 0 }
}
