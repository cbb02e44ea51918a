import NIOCore
import NIOHTTP1
import Observability
import ServerHTTP

/// Answers `/livez` and `/readyz` in the way of the API server's own probes; `?verbose` names every check.
struct ProbeResponder: Sendable {
    let liveness: HealthChecks
    let readiness: HealthChecks

    /// The reply, or nil when the request is for something else.
    func response(to request: HTTPRequest) -> HTTPResponse? {
        let checks: HealthChecks
        switch request.path {
        case "/livez": checks = liveness
        case "/readyz": checks = readiness
        default: return nil
        }
        guard request.method == .GET || request.method == .HEAD else {
            var response = HTTPResponse.text(.methodNotAllowed, "probes are asked by GET")
            response.headers.append(.init("allow", "GET, HEAD"))
            return response
        }
        let isVerbose =
            request.query?.split(separator: "&").contains { $0.split(separator: "=").first == "verbose" } ?? false
        let report = checks.report()
        return .text(report.isHealthy ? .ok : .serviceUnavailable, report.text(verbose: isVerbose))
    }
}
