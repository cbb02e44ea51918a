/// Everything that a log line can say about one request or connection.
///
/// The data plane keeps one for each request under way, fills it as things happen, renders it at the end and resets
/// it: storage is used again, so that in the steady state nothing is allocated.
public struct LogRecord: Sendable {
    /// When the request began, in nanoseconds since 1970.
    public var startTime: Int64 = 0
    /// From the start to the last byte of the request: `%REQUEST_DURATION%`.
    public var requestDuration: Duration?
    /// From the start to the first byte of the endpoint's answer: `%RESPONSE_DURATION%`.
    public var responseDuration: Duration?
    /// From there to the last byte of the answer: `%RESPONSE_TX_DURATION%`.
    public var responseTransmission: Duration?
    /// From the start to the end: `%DURATION%`.
    public var duration: Duration?
    /// What the client speaks; nil for plain connections.
    public var protocolVersion: LogProtocol?
    /// What the endpoint speaks.
    public var upstreamProtocol: LogProtocol?
    /// The status that the client got, 0 for none.
    public var responseCode = 0
    /// Where the status came from, such as `via_upstream` or `route_not_found`: `%RESPONSE_CODE_DETAILS%`.
    public var responseCodeDetails: String?
    /// Why the connection was ended: `%CONNECTION_TERMINATION_DETAILS%`.
    public var connectionTerminationDetails: String?
    /// Why the response is not simply what the endpoint said.
    public var flags: ResponseFlags = []
    /// Bytes of the request's body, or of the connection.
    public var bytesReceived: UInt64 = 0
    /// Bytes of the response's body, or of the connection.
    public var bytesSent: UInt64 = 0
    /// How often the request was sent to an endpoint: `%UPSTREAM_REQUEST_ATTEMPT_COUNT%`.
    public var attempts = 0
    /// The endpoint's address with port: `%UPSTREAM_HOST%`.
    public var upstreamHost: String?
    /// The same once there was a connection to it: `%UPSTREAM_REMOTE_ADDRESS%`.
    public var upstreamRemoteAddress: String?
    /// The cluster's name.
    public var upstreamCluster: String?
    /// The proxy's address on the connection to the endpoint, with port.
    public var upstreamLocalAddress: String?
    /// Why TLS toward the endpoint failed.
    public var upstreamTransportFailure: String?
    /// Why TLS toward the client failed.
    public var downstreamTransportFailure: String?
    /// The route's name, which may be empty.
    public var routeName: String?
    /// The virtual host's name.
    public var virtualHostName: String?
    /// The virtual cluster's name.
    public var virtualClusterName: String?
    /// `grpc-status`, when the request was one of gRPC.
    public var grpcStatus: Int?
    /// The trace that the request belongs to, in hexadecimal: `%TRACE_ID%`.
    public var traceID: String?
    /// The client's address with port where a trusted proxy tells another than the connection's; else nil.
    public var remoteAddress: String?
    /// The connection that it came on.
    public var connection: LogConnection?

    private var bytes: [UInt8] = []
    private var places: [Place] = []

    /// The most bytes that are kept of all headers of a request together.
    private static let maximumBytes = 64 * 1024

    private struct Place: Sendable {
        var start: Int32 = 0
        /// Negative while there is no value.
        var length: Int32 = -1
    }

    /// Makes an empty record.
    public init() {}

    /// Forgets the last request and keeps the storage.
    public mutating func reset() {
        var fresh = LogRecord()
        bytes.removeAll(keepingCapacity: true)
        for index in places.indices { places[index] = Place() }
        swap(&fresh.bytes, &bytes)
        swap(&fresh.places, &places)
        self = fresh
    }

    /// Keeps the value of a header for `slot`, the first of several.
    mutating func keep(_ value: Span<UInt8>, for slot: Int) {
        guard (0..<LogFields.maximumCount).contains(slot) else { return }
        while places.count <= slot { places.append(Place()) }
        guard places[slot].length < 0 else { return }
        let length = min(value.count, Self.maximumBytes - bytes.count)
        places[slot] = Place(start: Int32(bytes.count), length: Int32(length))
        bytes.append(value.extracting(first: length))
    }

    /// Where the value for `slot` lies, or nil.
    func place(of slot: Int) -> Range<Int>? {
        guard places.indices.contains(slot), places[slot].length >= 0 else { return nil }
        return Int(places[slot].start)..<Int(places[slot].start + places[slot].length)
    }

    /// The bytes of all kept values.
    var keptBytes: [UInt8] { bytes }
}
