public import NIOCore

/// The deadlines and bounds of an ``HTTPClient``.
public struct HTTPClientLimits: Sendable, Equatable {
    /// How long name look-up and connecting may take.
    public var connectTimeout: TimeAmount
    /// How long the TLS handshake may take.
    public var handshakeTimeout: TimeAmount
    /// How long a whole exchange may take, connecting included.
    ///
    /// For a stream of lines it ends with the head: the lines have deadlines of their own.
    public var responseTimeout: TimeAmount
    /// The most bytes of a body that is kept.
    public var bodyBytes: Int
    /// The most bytes of one line of a stream.
    public var lineBytes: Int

    /// Makes limits; the defaults are 5 s, 5 s, 15 s, 4 MiB and 4 MiB.
    ///
    /// Nothing in etcd is larger than 1.5 MiB, and JSON may make three out of two bytes of it.
    public init(
        connectTimeout: TimeAmount = .seconds(5),
        handshakeTimeout: TimeAmount = .seconds(5),
        responseTimeout: TimeAmount = .seconds(15),
        bodyBytes: Int = 4 << 20,
        lineBytes: Int = 4 << 20
    ) {
        self.connectTimeout = connectTimeout
        self.handshakeTimeout = handshakeTimeout
        self.responseTimeout = responseTimeout
        self.bodyBytes = bodyBytes
        self.lineBytes = lineBytes
    }
}
