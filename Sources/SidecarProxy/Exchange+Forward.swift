import AccessLog
import HTTP1
import NIOCore
import ProxyConfiguration
import ProxyHeaders
import ProxyRouting

extension Exchange {
    /// Plans how a request is forwarded by `action` of `route`, and writes its head.
    ///
    /// - Returns: Whether there is a cluster for it; else the verdict is an answer.
    func forward(
        _ head: RequestHead,
        _ bytes: ByteBuffer,
        _ target: Span<UInt8>,
        isChanged: Bool,
        _ route: CompiledRoute,
        _ action: CompiledForward,
        _ facts: RequestFacts
    ) -> Bool {
        let span = bytes.readableBytesUInt8Span
        let chosen = action.choose(facts.random)
        prepareAnswer(route, head, span, target, cluster: action.headers(of: chosen))
        guard let entry = plan.routes.forward(route),
            let cluster = cluster(entry, chosen, action.namedCluster(head, span))
        else {
            verdict = .reply(
                LocalReply(action.action.clusterNotFoundStatus, .noClusterFound, "there is no such cluster")
            )
            encode(head, bytes, RequestChange())
            return false
        }
        let forwarding = entry.plan.plan(for: head, span, target: target, isSecure: facts.isSecure)
        var head = head
        if wantsWebSocket, !(action.action.allowsWebSocket ?? plan.allowsWebSocket) {
            wantsWebSocket = false
            head.refuseUpgrade()
        }
        if forwarding.countsAttempts {
            // The client's own count makes way for that of the proxy.
            for index in head.section.indices(of: "x-envoy-attempt-count", span) { head.drop(at: index) }
        }
        var change = RequestChange()
        change.fallbackHost = cluster.name
        if head.isAuthorityShortened { change.host = RequestChange.copy(span.extracting(head.authority.offsets)) }
        if isChanged { change.path = RequestChange.copy(target) }
        if action.rewritesPath {
            change.originalPath = RequestChange.copy(target)
            change.path = action.rewrite(target, of: route) ?? change.path
        }
        let host = action.host(head, span, target: target, chosen: chosen)
        change.apply(host, action.action, head, span)
        endpointHost = nil
        if host == .automatic {
            endpointHost = EndpointHost(
                tellsClientsHost: action.action.appendsForwardedHost,
                tellsOriginalHost: !plan.suppressesEnvoyHeaders
            )
        }
        if plan.suppressesEnvoyHeaders { (change.originalPath, change.originalHost) = (nil, nil) }
        hash = nil
        if !action.hashing.isEmpty {
            let result = action.hashing.hash(head, span, target: target, facts)
            hash = result.hash
            if let cookie = result.cookie { keepAnswerPlan().cookie = cookie }
        }
        limit(by: forwarding.timeouts, &head, span, &change.edits)
        edit(route, of: cluster.name, action.headers(of: chosen), head, span, target, &change)
        for index in change.edits.dropped { head.drop(at: index) }
        encode(head, bytes, change)
        verdict = .forward(cluster, forwarding)
        return true
    }

    private func cluster(_ entry: RouteTable.Forward, _ chosen: Int?, _ named: [UInt8]?) -> UpstreamCluster? {
        if let named { return worker.cluster(-1, named: String(decoding: named, as: UTF8.self)) }
        guard let chosen, entry.clusters.indices.contains(chosen) else { return nil }
        return worker.cluster(entry.clusters[chosen].index, named: entry.clusters[chosen].name)
    }

    /// Decides how long the request may take, and what its endpoint is told of that.
    private func limit(
        by timeouts: TimeoutPlan,
        _ head: inout RequestHead,
        _ bytes: Span<UInt8>,
        _ edits: inout HeaderEdits
    ) {
        let asked = timeouts.looksAtGRPCTimeout ? Self.grpcTimeout(head, bytes) : nil
        limits = timeouts.limits(asked, isGRPC: isGRPC, standard: plan.maxStreamDuration)
        guard limits.announcement != .kept else { return }
        for index in head.section.indices(of: "grpc-timeout", bytes) { head.drop(at: index) }
        if case .replaced(let timeout) = limits.announcement { edits.add("grpc-timeout", timeout.encoded) }
    }

    /// What the client asks for; nil where it does not, or more than once.
    private static func grpcTimeout(_ head: RequestHead, _ bytes: Span<UInt8>) -> GRPCTimeout? {
        let found = head.section.indices(of: "grpc-timeout", bytes)
        guard found.count == 1, let index = found.first else { return nil }
        return GRPCTimeout(bytes.extracting(head.section.fields[index].value.offsets))
    }

    /// Makes the header changes of a request, if there are any.
    private func edit(
        _ route: CompiledRoute,
        of name: String,
        _ cluster: HeaderPlan?,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ target: Span<UInt8>,
        _ change: inout RequestChange
    ) {
        guard !route.headers.keepsRequest || cluster?.keepsRequest == false else { return }
        var record = routeRecord(route.name)
        record.upstreamCluster = name
        record.attempts = 1
        let known = record
        cluster?.change(&change.edits, request: head, bytes, target: target, &record)
        // Each plan has a table of its own for the headers that it asks for.
        record = known
        route.headers.change(&change.edits, request: head, bytes, target: target, &record)
    }

    /// What format strings of headers can tell before there is an endpoint.
    func routeRecord(_ route: String) -> LogRecord {
        var record = LogRecord()
        record.startTime = WallClock.time(of: startTime)
        record.protocolVersion = isOverHTTP2 ? .http2 : minorVersion == 0 ? .http10 : .http11
        record.routeName = route
        record.connection = client.log
        return record
    }
}
