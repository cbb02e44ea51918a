import AccessLog
import HTTP1
import LoadBalancing
import NIOCore
import ProxyConfiguration

extension Exchange {
    /// Keeps what log lines want of a response's head.
    func captureResponse(_ head: ResponseHead, _ bytes: ByteBuffer) {
        if isGRPC { grpcStatus = Self.grpcStatus(head, bytes) }
        guard plan.logs.fields.isNeeded(.response) else { return }
        let span = bytes.readableBytesUInt8Span
        for field in head.section.fields where !field.isDropped {
            plan.logs.fields.capture(
                .response,
                name: span.extracting(field.name.offsets),
                value: span.extracting(field.value.offsets),
                into: &record
            )
        }
        capture(additions, .response)
    }

    /// Keeps what log lines want of an answer that the proxy makes itself.
    func capture(_ reply: LocalReply) {
        guard plan.logs.fields.isNeeded(.response) else { return }
        capture(reply.lines(isHead: method == .head, date: worker.currentDate()).lines, .response)
    }

    /// Keeps what log lines want of trailers.
    func captureTrailers(_ trailers: [UInt8]) {
        guard !trailers.isEmpty, isGRPC || plan.logs.fields.isNeeded(.trailer) else { return }
        let bytes = ByteBuffer(bytes: trailers)
        if isGRPC { grpcStatus = Self.grpcStatus(in: bytes) ?? grpcStatus }
        capture(bytes, .trailer)
    }

    /// Writes the request's lines, and remembers it when it has failed.
    func log() {
        let hasFailed = !flags.isEmpty
        guard hasFailed || !plan.logs.isEmpty || trace?.isSampled == true else { return }
        fillRecord()
        capture(request, .request, isHead: true)
        if status > 0, plan.logs.fields.isNeeded(.response) {
            plan.logs.fields.capture(.response, name: ":status", value: Array(String(status).utf8).span, into: &record)
        }
        plan.logs.write(record, to: worker.tables.sinks)
        recordSpan()
        if hasFailed { worker.remember(record, request: request, reason: reason) }
        record.reset()
    }

    private func fillRecord() {
        record.startTime = WallClock.time(of: startTime)
        record.duration = .nanoseconds((NIODeadline.now() - startTime).nanoseconds)
        if let endTime { record.requestDuration = .nanoseconds((endTime - startTime).nanoseconds) }
        if let answerTime { record.responseDuration = .nanoseconds((answerTime - startTime).nanoseconds) }
        if let answerTime, let answerEndTime {
            record.responseTransmission = .nanoseconds((answerEndTime - answerTime).nanoseconds)
        }
        record.protocolVersion = isOverHTTP2 ? .http2 : minorVersion == 0 ? .http10 : .http11
        record.responseCode = status
        record.responseCodeDetails = details
        record.flags = flags
        record.bytesReceived = UInt64(bytesReceived)
        record.bytesSent = UInt64(bytesSent)
        record.attempts = tries
        record.remoteAddress = clientAddress.map { NetworkAddress(host: $0, port: 0).description }
        record.upstreamProtocol = upstreamProtocol
        record.upstreamLocalAddress = upstreamProtocol == nil ? nil : upstreamLocalAddress
        record.upstreamHost = upstreamHost.isEmpty ? nil : upstreamHost
        record.upstreamRemoteAddress = upstreamProtocol == nil ? nil : record.upstreamHost
        record.upstreamCluster = clusterName.isEmpty ? nil : clusterName
        record.upstreamTransportFailure = transportFailure
        record.routeName = routeName ?? forward?.routeName
        record.virtualHostName = virtualHost ?? forward?.virtualHost
        record.grpcStatus = grpcStatus
        record.traceID = trace?.traceID
        record.connection = client.log
    }

    private func capture(_ bytes: ByteBuffer, _ side: LogFields.Side, isHead: Bool = false) {
        guard plan.logs.fields.isNeeded(side), bytes.readableBytes > 0 else { return }
        var lines = HeadLines(bytes.readableBytesView)
        if isHead, let first = lines.next() {
            let words = first.split(separator: UInt8(ascii: " "))
            if let method = words.first {
                plan.logs.fields.capture(side, name: ":method", value: Array(method).span, into: &record)
            }
            if words.count > 1 {
                plan.logs.fields.capture(side, name: ":path", value: Array(words[1]).span, into: &record)
            }
            let scheme = Array((client.isTLS ? "https" : "http").utf8)
            plan.logs.fields.capture(side, name: ":scheme", value: scheme.span, into: &record)
        }
        while let line = lines.next() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            var value = line[line.index(after: colon)...]
            while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
            let name = Array(line[..<colon])
            if isHead, name.count == 4, String(decoding: name, as: UTF8.self).lowercased() == "host" {
                plan.logs.fields.capture(side, name: ":authority", value: Array(value).span, into: &record)
            }
            plan.logs.fields.capture(side, name: name.span, value: Array(value).span, into: &record)
        }
    }

    private static func grpcStatus(in lines: ByteBuffer) -> Int? {
        var lines = HeadLines(lines.readableBytesView)
        while let line = lines.next() {
            let text = String(decoding: line, as: UTF8.self)
            guard text.lowercased().hasPrefix("grpc-status:") else { continue }
            return Int(String(text.dropFirst(12).drop { $0 == " " }))
        }
        return nil
    }
}
