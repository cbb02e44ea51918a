import NIOCore

/// One request and what may be taken for its response.
struct HTTPExchange: Sendable {
    /// The request, ready for the wire.
    let request: ByteBuffer
    /// Whether the response answers HEAD and so has no body.
    let isHead: Bool
    /// When the response, or the head of a stream, must be there.
    let deadline: NIODeadline
    /// The bounds.
    let limits: HTTPClientLimits
    /// Where the lines of a 2xx response go, or nil to collect the body.
    let stream: LineStream?
}

/// Where the lines of a response go, and how long they may take.
struct LineStream: Sendable {
    /// How long nothing may come.
    let quiet: TimeAmount
    /// How long the exchange may take from the head on.
    let duration: TimeAmount
    /// Called with each line.
    let line: @Sendable ([UInt8]) -> Void
}
