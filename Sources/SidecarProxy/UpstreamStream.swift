import AccessLog
import NIOCore

/// The endpoint's side of one attempt of an exchange: a connection of HTTP/1 or a stream of HTTP/2.
///
/// It hands what comes to its ``Exchange`` and lets go of it when the response is complete or has failed.
protocol UpstreamStream: AnyObject {
    /// Whether the endpoint takes more of the request now.
    var isWritable: Bool { get }
    /// What the endpoint speaks.
    var version: LogProtocol { get }
    /// The proxy's address on the connection, with port; empty when it is not known.
    var localAddress: String { get }
    /// Whether the connection has served a request before, so that the endpoint may just be closing it.
    var isReused: Bool { get }
    /// Whether a byte of the response has come.
    var hasAnswered: Bool { get }

    /// Writes the head of the request: lines of HTTP/1.1 up to and with the empty one.
    ///
    /// - Parameters:
    ///   - head: The head.
    ///   - isLast: Whether neither body nor trailers follow.
    func sendHead(_ head: ByteBuffer, isLast: Bool)
    /// Writes a piece of the body.
    func sendBody(_ bytes: ByteBuffer)
    /// Ends the request, unless the head was the last of it.
    func sendEnd(_ trailers: [UInt8])
    /// Sends what was written.
    func flush()
    /// Stops or resumes reading, for the client cannot keep up or can again.
    func setReading(_ on: Bool)
    /// Ends the sending side of a tunnel.
    func endTunnel()
    /// Lets go of the exchange, whose response is not wanted any more.
    func cancel()
}
