import NIOCore

/// Why a connection to an endpoint cannot be had.
enum ConnectFailure: Error, Equatable {
    /// It took longer than the cluster allows.
    case timeout
    /// The endpoint refused, or cannot be reached.
    case refused
    /// TLS failed, for this reason.
    case secure(String)

    /// Reads the error of a bootstrap.
    init(_ error: any Error) {
        if case .connectTimeout? = error as? ChannelError { self = .timeout } else { self = .refused }
    }

    /// What happened, in a sentence for the client.
    func reason(cluster: String) -> String {
        switch self {
        case .timeout: "connecting to \(cluster) took too long"
        case .refused: "cannot connect to \(cluster): is the application listening?"
        case .secure(let reason): "TLS with \(cluster) failed: \(reason)"
        }
    }
}
