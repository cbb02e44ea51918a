import HTTP1
import NIOCore
import ProxyHeaders
import ProxyRouting

extension Exchange {
    /// The client's address as the header tells it, nil where nobody who is trusted tells one.
    func forwardedClient(_ head: RequestHead, _ bytes: Span<UInt8>) -> String? {
        var values: [UInt8] = []
        for field in head.section.fields where field.known == .forwardedFor && !field.isDropped {
            if !values.isEmpty { values.append(UInt8(ascii: ",")) }
            values += RequestChange.copy(bytes.extracting(field.value.offsets))
        }
        return plan.identity.forwardedFor.client(in: values.span).map { String(decoding: values[$0], as: UTF8.self) }
    }

    /// Whether the client speaks TLS; behind a proxy that is trusted its word counts.
    func isSecure(_ head: RequestHead, _ bytes: Span<UInt8>) -> Bool {
        guard let field = head.section.first(.forwardedProto), !setsProto(field, bytes) else { return client.isTLS }
        return field.value.count == 5 && bytes[Int(field.value.end) - 1] | 0x20 == UInt8(ascii: "s")
    }

    private func setsProto(_ field: HeaderField?, _ bytes: Span<UInt8>) -> Bool {
        guard let field else { return true }
        return ForwardedProto.decide(bytes.extracting(field.value.offsets), plan.identity.forwardedFor) == .set
    }

    /// Writes the head for the endpoint into `request`, with what the proxy adds, and begins its span.
    func encode(_ head: RequestHead, _ bytes: ByteBuffer, _ change: RequestChange) {
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
