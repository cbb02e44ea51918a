import Glibc
import NIOCore

/// Why a connection to an endpoint cannot be had.
enum ConnectFailure: Error, Equatable {
    /// It took longer than the cluster allows.
    case timeout
    /// The endpoint refused or cannot be reached, as this `errno` says.
    case unreachable(CInt)
    /// TLS failed, for this reason.
    case secure(String)

    /// The endpoint refused.
    static let refused = ConnectFailure.unreachable(ECONNREFUSED)

    /// Reads the error of a bootstrap.
    init(_ error: any Error) {
        if case .connectTimeout? = error as? ChannelError {
            self = .timeout
        } else {
            self = .unreachable((error as? IOError)?.errnoCode ?? ECONNREFUSED)
        }
    }

    /// What `%UPSTREAM_TRANSPORT_FAILURE_REASON%` says of it, as in Envoy without spaces; nil for nothing.
    var transportReason: String? {
        switch self {
        case .timeout: nil
        case .unreachable(let code): "delayed connect error: \(Self.text(code))".replacing(" ", with: "_")
        case .secure(let reason): reason.replacing(" ", with: "_")
        }
    }

    private static func text(_ code: CInt) -> String {
        // Safety: strerror gives a NUL-terminated string that is copied at once.
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }

    /// The same in `%RESPONSE_CODE_DETAILS%`.
    var details: String {
        let word = self == .timeout ? "connection_timeout" : "remote_connection_failure"
        let reason = transportReason.map { "|" + $0 } ?? ""
        return "upstream_reset_before_response_started{\(word)\(reason)}"
    }

    /// What happened, in a sentence for the client.
    func reason(cluster: String) -> String {
        switch self {
        case .timeout: "connecting to \(cluster) took too long"
        case .unreachable: "cannot connect to \(cluster): is the application listening?"
        case .secure(let reason): "TLS with \(cluster) failed: \(reason)"
        }
    }
}
