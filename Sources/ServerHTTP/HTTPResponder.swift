public import NIOCore

/// Answers requests.
///
/// One value serves all connections on all event loops. Both methods are called on the connection's event loop and
/// must not block it.
public protocol HTTPResponder: Sendable {
    /// Answers a request whose body has not been read, or returns nil to have it read.
    ///
    /// This is the place to refuse an unknown path or method before 32 MiB are received. Unless the request has no
    /// body, the connection ends after the reply.
    ///
    /// - Parameter request: The request; its body is empty.
    /// - Returns: The reply, or nil.
    func respondEarly(to request: HTTPRequest) -> HTTPResponse?

    /// Answers a whole request.
    ///
    /// - Parameters:
    ///   - request: The request with its body.
    ///   - eventLoop: The connection's event loop; a future may belong to another one.
    /// - Returns: The reply, or the promise of one.
    func respond(to request: HTTPRequest, on eventLoop: any EventLoop) -> HTTPOutcome
}

extension HTTPResponder {
    /// Has every body read.
    public func respondEarly(to request: HTTPRequest) -> HTTPResponse? { nil }
}

/// The answer of a responder.
public enum HTTPOutcome: Sendable {
    /// The reply; this path costs no allocation.
    case now(HTTPResponse)
    /// A reply that comes from elsewhere; a failure is answered with 500.
    case later(EventLoopFuture<HTTPResponse>)
    /// The reply to a caller who has to try again; nothing more is read from its connection until the future completes.
    case busy(HTTPResponse, until: EventLoopFuture<Void>)
}
