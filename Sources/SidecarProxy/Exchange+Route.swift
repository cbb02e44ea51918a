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
}
