public import NIOCore
public import NIOHTTP1
public import ServerCore

/// A whole request that has passed the gate.
public struct HTTPRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The path of the target as it was sent, percent-encoding included; it begins with `/`, or is `*` for OPTIONS.
    public var path: String
    /// What follows the first `?` of the target, or nil when there is none.
    public var query: String?
    /// The header fields as they were sent.
    public var headers: HTTPFields
    /// The body, empty before it was read and when there is none.
    public var body: ByteBuffer
    /// What is known about the connection.
    public var connection: ConnectionContext
    /// Whether the connection was not read from after its last reply, which was ``HTTPOutcome/busy(_:until:)``.
    public var hasWaited = false

    /// Makes a request.
    public init(
        method: HTTPMethod,
        path: String,
        query: String? = nil,
        headers: HTTPFields = HTTPFields(),
        body: ByteBuffer = ByteBuffer(),
        connection: ConnectionContext
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.connection = connection
    }
}
