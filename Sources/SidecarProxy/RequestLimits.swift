import NIOCore
import ProxyHeaders

/// How long one request may take, and what its endpoint is told of that.
struct RequestLimits {
    /// What becomes of `grpc-timeout` toward the endpoint.
    enum Announcement: Equatable {
        case kept
        case removed
        case replaced(GRPCTimeout)
    }

    /// From the end of the request to the end of the response; nil for as long as it takes.
    var timeout: TimeAmount?
    /// From the beginning of the request to the end of the response; nil for as long as it takes.
    var duration: TimeAmount?
    var announcement = Announcement.kept
}
