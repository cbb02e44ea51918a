import Injection
public import NIOCore
import NIOHTTP1
public import NIOPosix
public import Observability
import ServerCore
public import ServerHTTP
import SidecarCatalog

/// Answers the API server: `POST /mutate`, and the probes that prove catalog and certificate together.
///
/// The request path opens no file and no connection. Bodies up to `inlineBytes` are reviewed on the event loop, which
/// takes tens of microseconds; larger ones on a small pool, whose queue is bounded by the budget for bodies in flight.
public struct AdmissionResponder: HTTPResponder {
    /// The largest body that is reviewed on the event loop.
    public static let inlineBytes = 64 * 1024

    private let store: CatalogStore
    private let metrics: AdmissionMetrics
    private let log: DecisionLog
    private let probes: ProbeResponder
    private let pool: NIOThreadPool
    private let requiresClientCertificate: Bool

    /// Makes a responder.
    ///
    /// - Parameters:
    ///   - store: The catalog in use.
    ///   - metrics: Where decisions are counted.
    ///   - log: Where decisions are logged.
    ///   - liveness: The checks behind `/livez`.
    ///   - readiness: The checks behind `/readyz`.
    ///   - pool: Reviews large bodies.
    ///   - requiresClientCertificate: Whether only a caller with a verified certificate may ask for more than probes.
    public init(
        store: CatalogStore,
        metrics: AdmissionMetrics,
        log: DecisionLog,
        liveness: HealthChecks,
        readiness: HealthChecks,
        pool: NIOThreadPool,
        requiresClientCertificate: Bool
    ) {
        self.store = store
        self.metrics = metrics
        self.log = log
        self.probes = ProbeResponder(liveness: liveness, readiness: readiness)
        self.pool = pool
        self.requiresClientCertificate = requiresClientCertificate
    }

    /// Refuses what needs no body to be refused: unknown paths, wrong methods, callers without a certificate.
    public func respondEarly(to request: HTTPRequest) -> HTTPResponse? {
        if let probe = probes.response(to: request) { return probe }
        guard request.path == "/mutate" else {
            return .text(.notFound, "not found: this port serves POST /mutate, and GET /livez and /readyz")
        }
        guard request.method == .POST else {
            var response = HTTPResponse.text(.methodNotAllowed, "/mutate takes an AdmissionReview by POST")
            response.headers.append(.init("allow", "POST"))
            return response
        }
        if requiresClientCertificate, request.connection.peerIdentity == nil {
            return .text(.forbidden, "only callers with a client certificate of the configured authority may ask")
        }
        let encoding = request.headers.first(name: "content-encoding")?.lowercased() ?? "identity"
        guard encoding == "identity" else {
            return .text(.unsupportedMediaType, "content-encoding is not supported; send the review as it is")
        }
        return nil
    }

    /// Reviews the body.
    public func respond(to request: HTTPRequest, on eventLoop: any EventLoop) -> HTTPOutcome {
        let start = ContinuousClock.now
        let snapshot = store.snapshot
        metrics.begin()
        let body = Array(request.body.readableBytesView)
        guard body.count > Self.inlineBytes else {
            return .now(finish(snapshot.reviewer.review(body, on: .today), since: start))
        }
        let review = pool.runIfActive(eventLoop: eventLoop) { snapshot.reviewer.review(body, on: .today) }
        return .later(review.map { self.finish($0, since: start) })
    }

    private func finish(_ outcome: ReviewOutcome, since start: ContinuousClock.Instant) -> HTTPResponse {
        let time = ContinuousClock.now - start
        metrics.end(outcome.record, after: time)
        log.write(outcome.record, after: time)
        let status: HTTPResponseStatus =
            switch outcome.kind {
            case .answered: .ok
            case .malformed: .badRequest
            case .failed: .internalServerError
            }
        return HTTPResponse(status: status, contentType: "application/json", body: ByteBuffer(bytes: outcome.body))
    }
}
