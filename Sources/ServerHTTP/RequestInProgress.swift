import HTTP1
import NIOCore

/// One request from its head to its reply.
struct RequestInProgress {
    /// The request; its body grows as it arrives.
    var request: HTTPRequest
    /// How the body is delimited.
    let framing: BodyFraming
    /// Whether the connection may go on after the reply, as far as the request says.
    let isPersistent: Bool
    /// Whether a persistent connection must be announced, because the client speaks HTTP/1.0.
    let needsKeepAlive: Bool
    /// The reply that was given on the head alone; it is sent when the request, which has no body, ends.
    var earlyResponse: HTTPResponse?
    /// The body bytes taken from the budget.
    var takenBytes = 0

    /// Adds received bytes to the body.
    mutating func append(_ part: ByteBuffer) {
        guard request.body.readableBytes > 0 else {
            // Mostly the body comes in one piece, which then needs no copy.
            request.body = part
            return
        }
        request.body.writeImmutableBuffer(part)
    }
}
