public import NIOCore
import NIOHTTP1
public import Observability
public import ServerHTTP

/// Answers operators on a plain port of its own: `/livez`, `/readyz` and `/metrics`.
public struct OperationsResponder: HTTPResponder {
    private let probes: ProbeResponder
    private let registry: MetricRegistry

    /// Makes a responder.
    public init(liveness: HealthChecks, readiness: HealthChecks, registry: MetricRegistry) {
        self.probes = ProbeResponder(liveness: liveness, readiness: readiness)
        self.registry = registry
    }

    /// Answers everything: no request here has a body that is read.
    public func respondEarly(to request: HTTPRequest) -> HTTPResponse? {
        if let probe = probes.response(to: request) { return probe }
        guard request.path == "/metrics" else {
            return .text(.notFound, "not found: this port serves /livez, /readyz and /metrics")
        }
        guard request.method == .GET || request.method == .HEAD else {
            var response = HTTPResponse.text(.methodNotAllowed, "metrics are asked by GET")
            response.headers.append(.init("allow", "GET, HEAD"))
            return response
        }
        let body = ByteBuffer(bytes: registry.exposition())
        return HTTPResponse(status: .ok, contentType: Exposition.contentType, body: body)
    }

    /// Answers what was not answered early.
    public func respond(to request: HTTPRequest, on eventLoop: any EventLoop) -> HTTPOutcome {
        .now(respondEarly(to: request) ?? .text(.notFound, "not found"))
    }
}
