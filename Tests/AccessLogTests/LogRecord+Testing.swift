import AccessLog
import JSON

extension LogRecord {
    /// A record with a value for everything but what is set to nothing in `change`.
    static func full(_ change: (inout LogRecord) -> Void = { _ in }) -> LogRecord {
        var record = LogRecord()
        // 2026-11-21T14:03:07.250123456Z, a Saturday.
        record.startTime = 1_795_269_787_250_123_456
        record.requestDuration = .milliseconds(3)
        record.responseDuration = .microseconds(11_900)
        record.responseTransmission = .microseconds(5_100)
        record.duration = .milliseconds(17)
        record.protocolVersion = .http11
        record.upstreamProtocol = .http2
        record.responseCode = 503
        record.responseCodeDetails = "via_upstream"
        record.bytesReceived = 12
        record.bytesSent = 345
        record.attempts = 2
        record.upstreamHost = "10.0.0.9:8080"
        record.upstreamRemoteAddress = "10.0.0.9:8080"
        record.upstreamCluster = "app"
        record.upstreamLocalAddress = "[fd00::1]:4711"
        record.routeName = "main"
        record.virtualHostName = "all"
        record.grpcStatus = 4
        record.connection = .full
        change(&record)
        return record
    }
}

extension LogConnection {
    static let full: LogConnection = {
        var peer = Peer()
        peer.subject = "CN=client"
        peer.issuer = "CN=root"
        peer.serial = "0a"
        peer.fingerprint256 = "ab12"
        peer.uriNames = "spiffe://a/b"
        peer.dnsNames = "a.example,b.example"
        peer.validFrom = 1_795_269_787
        peer.validUntil = 253_402_300_799
        return LogConnection(
            identifier: 7,
            remoteAddress: "192.0.2.1:5000",
            directRemoteAddress: "127.0.0.1:6000",
            localAddress: "[::1]:15006",
            requestedServerName: "app.example",
            tlsVersion: "TLSv1.3",
            tlsCipher: "TLS_AES_128_GCM_SHA256",
            peer: peer
        )
    }()
}

/// A format with the table of its headers.
struct TestFormat {
    var fields = LogFields()
    let format: LogFormat

    static let environment = LogEnvironment(hostname: "pod-1") { $0 == "REGION" ? "eu" : nil }

    init(text: String, omitsEmpty: Bool = false) throws {
        format = try LogFormat(text: text, omitsEmpty: omitsEmpty, fields: &fields, environment: Self.environment)
    }

    init(json: JSONValue, omitsEmpty: Bool = false) throws {
        format = try LogFormat(json: json, omitsEmpty: omitsEmpty, fields: &fields, environment: Self.environment)
    }

    /// The line for `record`, after `headers` were seen on `side`.
    func line(
        _ record: LogRecord = .full(),
        _ headers: KeyValuePairs<String, String> = [:],
        on side: LogFields.Side = .request
    ) -> String {
        var record = record
        for (name, value) in headers {
            fields.capture(side, name: Array(name.utf8).span, value: Array(value.utf8).span, into: &record)
        }
        var out: [UInt8] = []
        format.render(record, into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
