/// A response of HTTP/1.1 with its whole body.
public struct HTTPClientResponse: Sendable, Equatable {
    /// The status code, 200 to 999.
    public var status: Int
    /// The header fields in order, names in lower case.
    public var fields: [HTTPClientRequest.Field]
    /// The body; empty when its lines were handed on as they came.
    public var body: [UInt8]

    /// Makes a response.
    public init(status: Int, fields: [HTTPClientRequest.Field] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether the status is 2xx.
    public var isSuccess: Bool { (200...299).contains(status) }

    /// The value of the first field named `name`, which is in lower case.
    public subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }
}
