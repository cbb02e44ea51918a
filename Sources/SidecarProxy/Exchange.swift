import AccessLog
import HTTP1
import LoadBalancing
import NIOCore

/// One request with its response: its route, its attempts at endpoints, its deadlines and what it counts.
///
///     idle --route--> active --response complete--> idle
///                       '----101----> tunnel --> idle
///
/// It stands between a ``DownstreamStream`` and an ``UpstreamStream`` and knows the wire format of neither.
/// Connections of HTTP/1 use one object after the other (``HTTP1Work``); a stream of HTTP/2 has its own. Back-pressure
/// goes both ways: each side asks here whether the other takes more.
final class Exchange {
    /// Where the exchange stands.
    enum Phase {
        case idle
        case active
        case tunnel
    }

    /// What becomes of a request whose head has been read.
    enum Verdict {
        case none
        case forward(UpstreamCluster, ForwardPlan)
        case reply(LocalReply)
    }

    /// The client's connection; of a past one between two requests.
    var site: HTTPSite
    /// What happens to the request; another configuration does not change it.
    var plan: ConnectionPlan
    /// The client's side; nil once it is gone.
    var downstream: (any DownstreamStream)?
    var phase = Phase.idle

    // The request.
    var method = RequestMethod.other
    var minorVersion: UInt8 = 1
    var wantsWebSocket = false
    /// Whether the request's content is gRPC, so that answers must be too.
    var isGRPC = false
    /// The head toward the endpoint: what every attempt sends first.
    var request = ByteBuffer()
    /// The beginning of the body as far as it is kept for an endpoint that is not connected yet, or for another attempt.
    var body = ByteBuffer()
    /// Whether `body` is all that has come of the body.
    var isReplayable = true
    var isRequestDone = true
    var isRequestChunked = false
    var trailers: [UInt8] = []
    var startTime = NIODeadline.now()
    /// What ``proceed()`` is to do.
    var verdict = Verdict.none

    // The attempt.
    var forward: ForwardPlan?
    var cluster: UpstreamCluster?
    var endpoint: UpstreamEndpoint?
    var upstream: (any UpstreamStream)?
    var attempted = AttemptedEndpoints()
    var hash: UInt64?
    /// How the host becomes that of the endpoint; nil where it does not.
    var endpointHost: EndpointHost?
    /// Tells a connection attempt whose request is gone from the one that is awaited.
    var attempt = 0
    /// Attempts after the first.
    var retries = 0
    var backoff: RetryBackoff?

    // The response.
    var hasResponse = false
    var status = 0
    /// What the route changes of the response; nil for nothing.
    var answerPlan: AnswerPlan?
    /// Lines that are added to the response's head.
    var additions = ByteBuffer()

    // The account of it.
    var record = LogRecord()
    var flags: ResponseFlags = []
    /// Where the status came from: `%RESPONSE_CODE_DETAILS%`.
    var details = ""
    var isOverHTTP2 = false
    var bytesReceived = 0
    var bytesSent = 0
    var tries = 0
    var upstreamHost = ""
    var upstreamProtocol: LogProtocol?
    var upstreamLocalAddress = ""
    /// What happened, in a sentence.
    var reason = ""
    /// The client as a trusted proxy tells it, nil where the connection tells it.
    var clientAddress: String?
    var clusterName = ""
    /// The route and its virtual host, where anything is written of the request.
    var routeName: String?
    var virtualHost: String?
    var transportFailure: String?
    var grpcStatus: Int?
    /// When the request was complete, when the response began and when it was complete.
    var endTime: NIODeadline?
    var answerTime: NIODeadline?
    var answerEndTime: NIODeadline?

    /// Its place in a trace, nil where requests are not traced.
    var trace: TracePlan.Begun?

    // Deadlines.
    var lastActivity = NIODeadline.now()
    var idleTimeout: TimeAmount?
    var limits = RequestLimits()
    var routeDeadline: NIODeadline?
    var tryDeadline: NIODeadline?
    /// How long the attempt under way may be silent; nil for as long as the exchange.
    var tryIdleTimeout: TimeAmount?
    var retryTime: NIODeadline?
    /// When the request must be complete, and when everything must be over.
    var requestDeadline: NIODeadline?
    var streamDeadline: NIODeadline?

    init(_ site: HTTPSite) {
        self.site = site
        plan = site.plan
    }

    var worker: Worker { site.worker }
    var counters: DownstreamCounters { site.counters }
    var client: ClientConnection { site.client }

    /// Whether more of the request's body can be taken now.
    var acceptsBody: Bool {
        if let upstream { return upstream.isWritable }
        return phase == .active && body.readableBytes < ConnectionPlan.waitingBytes
    }

    /// The client is gone, or wants no answer any more: the endpoint's work is in vain.
    func cancel() {
        guard phase != .idle else { return }
        attempt += 1
        flags.insert(.downstreamConnectionTermination)
        if details.isEmpty { details = "downstream_remote_disconnect" }
        release(nil)?.cancel()
        leaveCluster()
        finish()
    }

    /// Takes the endpoint's stream off the exchange and says how the endpoint behaved.
    func release(_ outcome: RequestOutcome?) -> (any UpstreamStream)? {
        defer { upstream = nil }
        if let endpoint {
            if upstream == nil { endpoint.hasDeserters = true }
            cluster?.finish(endpoint, outcome)
        }
        endpoint = nil
        tryDeadline = nil
        tryIdleTimeout = nil
        return upstream
    }

    /// Gives back what the exchange has taken of its cluster.
    func leaveCluster() {
        guard let cluster else { return }
        cluster.counters.activeRequests.add(-1)
        cluster.context.release(.request)
        for _ in 0..<retries { cluster.context.release(.retry) }
        retries = 0
        self.cluster = nil
    }

    /// Does the books; what follows may already be the next request.
    func finish() {
        guard phase != .idle else { return }
        counters.activeRequests.add(-1)
        counters.received.add(bytesReceived)
        counters.sent.add(bytesSent)
        log()
        phase = .idle
        verdict = .none
        forward = nil
        routeDeadline = nil
        tryDeadline = nil
        tryIdleTimeout = nil
        retryTime = nil
        if body.capacity > 0 { body = ByteBuffer() }
        if !trailers.isEmpty { trailers = [] }
    }
}
