/// How an endpoint behaved in one request, as outlier detection sees it.
public enum RequestOutcome: Sendable, Hashable {
    /// It answered with this status; answers of gRPC count by ``init(grpcStatus:)``.
    case response(status: Int)
    /// No connection could be made, or it was ended before an answer.
    case connectionFailed
    /// It did not answer in time.
    case timedOut

    /// The outcome of a call whose `grpc-status` is known, by the status of HTTP that Envoy sees in it.
    public init(grpcStatus: Int) {
        let status =
            switch grpcStatus {
            case 0: 200
            case 1: 499
            case 3, 9, 11: 400
            case 4: 504
            case 5: 404
            case 6, 10: 409
            case 7: 403
            case 8: 429
            case 12: 501
            case 14: 503
            case 16: 401
            default: 500
            }
        self = .response(status: status)
    }

    /// Whether the failure came about on this side rather than by an answer.
    var isLocal: Bool {
        if case .response = self { return false }
        return true
    }

    /// The status, or the one that the proxy answers in place of the endpoint.
    var status: Int {
        switch self {
        case .response(let status): status
        case .connectionFailed: 503
        case .timedOut: 504
        }
    }
}
