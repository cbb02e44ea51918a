import Injection
public import NIOCore
import NIOHTTP1
public import NIOPosix
public import Observability
import ServerCore
public import ServerHTTP
import SidecarCatalog
public import Tracing

/// Answers the API server: `POST /mutate`, `/validate` and `/advise`, and the probes that prove catalog and certificate together.
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
    private let load: AdmissionLoad
    private let tracer: Tracer?
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
    ///   - load: The bounds of what waits for the engine.
    ///   - tracer: Records the spans of requests; nil for none.
    ///   - requiresClientCertificate: Whether only a caller with a verified certificate may ask for more than probes.
    public init(
        store: CatalogStore,
        metrics: AdmissionMetrics,
        log: DecisionLog,
        liveness: HealthChecks,
        readiness: HealthChecks,
        pool: NIOThreadPool,
        load: AdmissionLoad = AdmissionLoad(),
        tracer: Tracer? = nil,
        requiresClientCertificate: Bool
    ) {
        self.store = store
        self.metrics = metrics
        self.log = log
        self.probes = ProbeResponder(liveness: liveness, readiness: readiness)
        self.pool = pool
        self.load = load
        self.tracer = tracer
        self.requiresClientCertificate = requiresClientCertificate
    }

    /// Refuses what needs no body to be refused: unknown paths, wrong methods, callers without a certificate.
    public func respondEarly(to request: HTTPRequest) -> HTTPResponse? {
        if let probe = probes.response(to: request) { return probe }
        guard AdmissionPath(path: request.path) != nil else {
            let paths = "POST /mutate, /validate and /advise, and GET /livez and /readyz"
            return .text(.notFound, "not found: this port serves \(paths)")
        }
        guard request.method == .POST else {
            var response = HTTPResponse.text(.methodNotAllowed, "\(request.path) takes an AdmissionReview by POST")
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
        let call = call(request)
        guard request.body.readableBytes <= Self.inlineBytes else { return respondLater(to: request, call, eventLoop) }
        switch load.verdict(on: eventLoop, at: call.start, hasWaited: request.hasWaited) {
        case .answer:
            return .now(review(request, call))
        case .answerAfterTurn:
            return .later(eventLoop.submit { review(request, call) })
        case .refuse(let turn):
            metrics.shed(.loop)
            return .busy(Self.overloaded, until: turn)
        }
    }

    private func review(_ request: HTTPRequest, _ call: AdmissionCall) -> HTTPResponse {
        metrics.begin()
        let body = Array(request.body.readableBytesView)
        return finish(call.path.review(body, by: store.snapshot.reviewer), call)
    }

    /// Reviews a large body on the pool.
    private func respondLater(
        to request: HTTPRequest,
        _ call: AdmissionCall,
        _ eventLoop: any EventLoop
    ) -> HTTPOutcome {
        guard load.takePlace() else {
            metrics.shed(.pool)
            return .now(Self.overloaded)
        }
        let snapshot = store.snapshot
        metrics.begin()
        let body = Array(request.body.readableBytesView)
        let review = pool.runIfActive(eventLoop: eventLoop) { call.path.review(body, by: snapshot.reviewer) }
        review.whenComplete { [load] _ in load.returnPlace() }
        return .later(review.map { self.finish($0, call) })
    }

    private func call(_ request: HTTPRequest) -> AdmissionCall {
        let start = ContinuousClock.now
        // Another path was answered before the body was read.
        let path = AdmissionPath(path: request.path) ?? .mutate
        let context = request.headers.first(name: "traceparent").flatMap(TraceContext.init)
        return AdmissionCall(path: path, start: start, context: context, span: tracer?.begin(context))
    }

    /// The API server repeats the call a second later, several times within the webhook's timeout.
    private static let overloaded: HTTPResponse = {
        var response = HTTPResponse.text(.tooManyRequests, "the server is overloaded; try again")
        response.headers.append(.init("retry-after", "1"))
        return response
    }()

    private func finish(_ outcome: ReviewOutcome, _ call: AdmissionCall) -> HTTPResponse {
        let time = ContinuousClock.now - call.start
        let status: HTTPResponseStatus =
            switch outcome.kind {
            case .answered: .ok
            case .malformed: .badRequest
            case .failed: .internalServerError
            }
        metrics.end(outcome.record, on: call.path, after: time)
        log.write(outcome.record, of: call, after: time)
        if let span = call.span {
            tracer?.end(
                span,
                name: "POST /\(call.path.rawValue)",
                after: time,
                attributes: call.attributes(outcome.record, status: status.code),
                hasFailed: outcome.kind == .failed
            )
        }
        return HTTPResponse(status: status, contentType: "application/json", body: ByteBuffer(bytes: outcome.body))
    }
}
