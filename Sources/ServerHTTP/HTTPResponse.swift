public import NIOCore
public import NIOHTTP1

/// A whole reply.
///
/// The connection adds `Date`, `Content-Length` and `Connection`; a responder gives the rest.
public struct HTTPResponse: Sendable, Equatable {
    /// One header field.
    public struct Header: Sendable, Equatable {
        /// The field name, in lower case by habit.
        public var name: String
        /// The field value.
        public var value: String

        /// Makes a field; one with a line break or another control character is left out of the reply.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The status; a redirect or an informational status is replaced by 500, because the API server follows
    /// redirects wherever they lead.
    public var status: HTTPResponseStatus
    /// The header fields apart from those that the connection adds.
    public var headers: [Header]
    /// The body; not sent in answer to HEAD.
    public var body: ByteBuffer

    /// Makes a reply.
    public init(status: HTTPResponseStatus, headers: [Header] = [], body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Makes a reply with a body of one content type.
    public init(status: HTTPResponseStatus, contentType: String, body: ByteBuffer) {
        self.init(status: status, headers: [Header("content-type", contentType)], body: body)
    }

    /// Makes a reply in plain text; a line feed is added.
    public static func text(_ status: HTTPResponseStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: ByteBuffer(string: text + "\n"))
    }
}
