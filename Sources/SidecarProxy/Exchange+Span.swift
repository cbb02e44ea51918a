import AccessLog
import NIOCore
import ProxyHeaders
import Tracing

extension Exchange {
    /// Hands over the request's span, if it is recorded; ``record`` is filled.
    ///
    /// Names are those of OpenTelemetry's conventions for HTTP where there is one, else Envoy's. Queries are left out:
    /// secrets may stand in them.
    func recordSpan() {
        guard let trace, trace.isSampled, let queue = plan.tracing?.queue,
            let start = UInt64(exactly: record.startTime),
            let identifier = TraceIdentifier(high: trace.position.traceHigh, low: trace.position.traceLow),
            let own = SpanIdentifier(trace.position.span)
        else { return }
        var lines = HeadLines(request.readableBytesView)
        let words = lines.next()?.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) } ?? []
        let method = words.first ?? ""
        let (seconds, attoseconds) = (record.duration ?? .zero).components
        let length = UInt64(max(0, seconds)) &* 1_000_000_000 &+ UInt64(max(0, attoseconds)) / 1_000_000_000
        let route = record.routeName ?? ""
        queue.add(
            Span(
                trace: identifier,
                identifier: own,
                parent: trace.position.parent.flatMap { SpanIdentifier($0) },
                name: [method, route].filter { !$0.isEmpty }.joined(separator: " "),
                start: start,
                end: start &+ length,
                attributes: attributes(method, path: words.dropFirst().first ?? "", route, lines),
                hasFailed: status >= 500 || status == 0
            )
        )
    }

    private func attributes(
        _ method: String,
        path: String,
        _ route: String,
        _ rest: HeadLines
    ) -> [(name: String, value: Span.Value)] {
        var lines = rest
        var host = ""
        var requestID = ""
        while let line = lines.next() {
            let text = String(decoding: line.prefix(512), as: UTF8.self)
            let lowered = text.lowercased()
            if lowered.hasPrefix("host:") { host = String(text.dropFirst(5).drop { $0 == " " }) }
            if lowered.hasPrefix("x-request-id:") { requestID = String(text.dropFirst(13).drop { $0 == " " }) }
        }
        let texts: [(String, String)] = [
            ("http.request.method", method), ("url.path", String(path.prefix { $0 != "?" }.prefix(256))),
            ("url.scheme", client.isTLS ? "https" : "http"), ("server.address", host), ("http.route", route),
            ("network.protocol.version", isOverHTTP2 ? "2" : minorVersion == 0 ? "1.0" : "1.1"),
            ("client.address", clientAddress ?? client.peer), ("guid:x-request-id", requestID),
            ("upstream_cluster", clusterName), ("upstream_address", upstreamHost),
            ("response_flags", flags.letters == "-" ? "" : flags.letters),
        ]
        let numbers = [
            ("http.response.status_code", status), ("http.request.body.size", bytesReceived),
            ("http.response.body.size", bytesSent),
        ]
        return texts.filter { !$0.1.isEmpty }.map { (name: $0.0, value: Span.Value.text($0.1)) }
            + numbers.map { (name: $0.0, value: Span.Value.number(Int64($0.1))) }
    }
}
