/// A request of HTTP/1.1 (RFC 9112 section 3).
///
/// `Host`, `Content-Length` and `Connection` are the client's to write; they must not be among the fields.
public struct HTTPClientRequest: Sendable, Equatable {
    /// One header field.
    public struct Field: Sendable, Equatable {
        /// The name, a token.
        public var name: String
        /// The value, without line breaks.
        public var value: String

        /// Makes a field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method, a token.
    public var method: String
    /// The path and query, percent-encoded, beginning with `/`.
    public var target: String
    /// The header fields in order.
    public var fields: [Field]
    /// The body, or nil for a request without one.
    public var body: [UInt8]?

    /// Describes a request.
    public init(_ method: String, _ target: String, fields: [Field] = [], body: [UInt8]? = nil) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }

    /// Adds `Authorization: Bearer` (RFC 6750 section 2.1).
    public mutating func authorize(bearer token: String) {
        fields.append(Field("Authorization", "Bearer \(token)"))
    }
}
