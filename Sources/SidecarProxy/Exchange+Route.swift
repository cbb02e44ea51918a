import AccessLog
import HTTP1
import NIOCore
import ProxyConfiguration
import ProxyHeaders
import ProxyRouting
import Synchronization

extension Exchange {
    private static let rootPath: [UInt8] = [0x2F]

    /// Finds what becomes of a request; its path is normalized first.
    ///
    /// - Returns: Whether it is forwarded.
    func decide(_ head: RequestHead, _ bytes: ByteBuffer) -> Bool {
        let span = bytes.readableBytesUInt8Span
        if let refusal = refusal(head, span) {
            verdict = .reply(refusal)
            if plan.keepsHeads { encode(head, bytes, RequestChange()) }
            return false
        }
        var head = head
        let length = plan.routes.normalization.hostLength(
            span.extracting(head.authority.offsets),
            localPort: client.localPort
        )
        if length < head.authority.count { head.shortenAuthority(to: length) }
        guard plan.underscores == .allow || settleUnderscores(&head, span) else {
            verdict = .reply(
                LocalReply(400, .downstreamProtocolError, "a header has an underscore in its name")
                    .detailed("http1.unexpected_underscore")
            )
            if plan.keepsHeads { encode(head, bytes, RequestChange()) }
            return false
        }
        let path = head.path.isEmpty ? Self.rootPath.span : span.extracting(head.path.offsets)
        switch plan.routes.normalization.apply(path) {
        case .unchanged: return decide(head, bytes, path, isChanged: false)
        case .changed(let target): return decide(head, bytes, target.span, isChanged: true)
        case .redirect(let target) where !isGRPC:
            verdict = .reply(Self.redirect(307, target))
        case .redirect, .rejected:
            verdict = .reply(
                LocalReply(400, .downstreamProtocolError, "the path has an escaped slash")
                    .detailed("path_normalization_failed")
            )
        }
        if plan.keepsHeads { encode(head, bytes, RequestChange()) }
        return false
    }

    /// Drops headers with an underscore in their names, or finds that the request is refused for one.
    ///
    /// - Returns: Whether the request goes on.
    private func settleUnderscores(_ head: inout RequestHead, _ bytes: Span<UInt8>) -> Bool {
        for (index, field) in head.section.fields.enumerated() where !field.isDropped {
            let name = bytes.extracting(field.name.offsets)
            guard name.indices.contains(where: { name[$0] == UInt8(ascii: "_") }) else { continue }
            guard plan.underscores == .dropHeader else { return false }
            head.drop(at: index)
        }
        return true
    }

    /// What stands against any request, whatever its route.
    private func refusal(_ head: RequestHead, _ bytes: Span<UInt8>) -> LocalReply? {
        if worker.tables.isShortOfMemory.load(ordering: .relaxed) {
            return LocalReply(503, .overloadManagerTerminated, "the proxy is short of memory")
        }
        guard plan.identity.forwardedFor.appendsPeer, HopLimit.isExceeded(head, bytes) else { return nil }
        return LocalReply(508, .invalidEnvoyRequestHeaders, "the request goes in a circle, x-forwarded-for says")
    }

    private func decide(_ head: RequestHead, _ bytes: ByteBuffer, _ target: Span<UInt8>, isChanged: Bool) -> Bool {
        let span = bytes.readableBytesUInt8Span
        if plan.readsClientAddress, head.section.first(.forwardedFor) != nil {
            clientAddress = forwardedClient(head, span)
        }
        var facts = RequestFacts(
            isSecure: isSecure(head, span),
            random: worker.identifier.next(),
            clientAddress: clientAddress ?? client.peer
        )
        if client.identity != nil {
            facts.presentsCertificate = true
            facts.hasValidCertificate = plan.validatesClients
        }
        switch plan.routes.table.decide(head, span, target: target, facts) {
        case .none:
            verdict = .reply(LocalReply(404, .noRouteFound, "no route matches the host and path"))
            encode(head, bytes, RequestChange())
            return false
        case .secure:
            let location = CompiledRedirect.secure.location(head, span, target: target, isSecure: false)
            verdict = .reply(Self.redirect(301, location))
        case .route(let route):
            if plan.keepsHeads { (routeName, virtualHost) = (route.name, route.virtualHost.name) }
            if case .forward(let action) = route.action {
                return forward(head, bytes, target, isChanged: isChanged, route, action, facts)
            }
            prepareAnswer(route, head, span, target)
            verdict = .reply(reply(route, head, span, target, facts))
        }
        if plan.keepsHeads { encode(head, bytes, RequestChange()) }
        return false
    }

    /// The client's address as the header tells it, nil where nobody who is trusted tells one.
    private func forwardedClient(_ head: RequestHead, _ bytes: Span<UInt8>) -> String? {
        var values: [UInt8] = []
        for field in head.section.fields where field.known == .forwardedFor && !field.isDropped {
            if !values.isEmpty { values.append(UInt8(ascii: ",")) }
            values += RequestChange.copy(bytes.extracting(field.value.offsets))
        }
        return plan.identity.forwardedFor.client(in: values.span).map { String(decoding: values[$0], as: UTF8.self) }
    }

    // Behind a proxy that is trusted its word counts.
    private func isSecure(_ head: RequestHead, _ bytes: Span<UInt8>) -> Bool {
        guard let field = head.section.first(.forwardedProto), !setsProto(field, bytes) else { return client.isTLS }
        return field.value.count == 5 && bytes[Int(field.value.end) - 1] | 0x20 == UInt8(ascii: "s")
    }

    private func setsProto(_ field: HeaderField?, _ bytes: Span<UInt8>) -> Bool {
        guard let field else { return true }
        return ForwardedProto.decide(bytes.extracting(field.value.offsets), plan.identity.forwardedFor) == .set
    }

    private func reply(
        _ route: CompiledRoute,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ target: Span<UInt8>,
        _ facts: RequestFacts
    ) -> LocalReply {
        switch route.action {
        case .respond(let status, let body): return LocalReply(status, nil, body)
        case .redirect(let redirect):
            let location = redirect.location(head, bytes, target: target, isSecure: facts.isSecure, of: route)
            return Self.redirect(redirect.status, location)
        case .forward: return LocalReply(500, nil, "")
        }
    }

    private static func redirect(_ status: Int, _ location: [UInt8]?) -> LocalReply {
        guard let location else {
            return LocalReply(400, .downstreamProtocolError, "the redirect would have bytes that no URL has")
        }
        var reply = LocalReply(status, nil, "")
        reply.extra = "location: \(String(decoding: location, as: UTF8.self))\r\n"
        return reply
    }

    private func forward(
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
        if forwarding.countsAttempts { dropAttemptCount(&head, span) }
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
        guard edits(route, of: cluster.name, action.headers(of: chosen), head, span, target, &change) else {
            encode(head, bytes, change)
            verdict = .forward(cluster, forwarding)
            return true
        }
        var edited = head
        for index in change.edits.dropped { edited.drop(at: index) }
        encode(edited, bytes, change)
        verdict = .forward(cluster, forwarding)
        return true
    }

    /// The client's own count makes way for that of the proxy.
    private func dropAttemptCount(_ head: inout RequestHead, _ bytes: Span<UInt8>) {
        for (index, field) in head.section.fields.enumerated() where field.name.count == 21 {
            let name = RequestChange.copy(bytes.extracting(field.name.offsets))
            guard String(decoding: name, as: UTF8.self).lowercased() == "x-envoy-attempt-count" else { continue }
            head.drop(at: index)
        }
    }

    private func cluster(_ entry: RouteTable.Forward, _ chosen: Int?, _ named: [UInt8]?) -> UpstreamCluster? {
        if let named { return worker.cluster(-1, named: String(decoding: named, as: UTF8.self)) }
        guard let chosen, entry.clusters.indices.contains(chosen) else { return nil }
        return worker.cluster(entry.clusters[chosen].index, named: entry.clusters[chosen].name)
    }

    /// Makes the header changes of a request.
    ///
    /// - Returns: Whether there are any.
    private func edits(
        _ route: CompiledRoute,
        of name: String,
        _ cluster: HeaderPlan?,
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        _ target: Span<UInt8>,
        _ change: inout RequestChange
    ) -> Bool {
        guard !route.headers.keepsRequest || cluster?.keepsRequest == false else { return false }
        var record = routeRecord(route.name)
        record.upstreamCluster = name
        record.attempts = 1
        let known = record
        cluster?.change(&change.edits, request: head, bytes, target: target, &record)
        // Each plan has a table of its own for the headers that it asks for.
        record = known
        route.headers.change(&change.edits, request: head, bytes, target: target, &record)
        return true
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

    private func encode(_ head: RequestHead, _ bytes: ByteBuffer, _ change: RequestChange) {
        let span = bytes.readableBytesUInt8Span
        var head = head
        var traceLines: [UInt8] = []
        if let tracing = plan.tracing {
            trace = tracing.begin(&head, span, random: { worker.identifier.next() }, into: &traceLines)
        }
        let identity = plan.identity
        let addsRequestID = identity.requestID.generates && !change.edits.adds("x-request-id")
        var additions = HeadWriter.Additions(
            peer: identity.forwardedFor.appendsPeer ? client.peer : nil,
            isTLS: client.isTLS,
            overridesProto: setsProto(head.section.first(.forwardedProto), span),
            addsRequestID: addsRequestID,
            replacesRequestID: addsRequestID && identity.requestID.action(hasIdentifier: true) == .set,
            via: identity.via,
            trace: traceLines
        )
        switch plan.clientCertificate.treatment(isMutual: client.identity != nil) {
        case .keep: additions.keepsClientCertificate = true
        case .remove: break
        case .replace: additions.clientCertificate = client.element(plan.clientCertificate)
        case .append:
            additions.keepsClientCertificate = true
            additions.clientCertificate = client.element(plan.clientCertificate)
        }
        HeadWriter.writeRequest(head, from: bytes, change, additions, &worker.identifier, into: &request)
    }
}
