public import JSON

/// One request that did not end well, for `/why`.
public struct FailureEntry: Sendable, Equatable {
    /// When it began, in nanoseconds since 1970.
    public let startTime: Int64
    /// The method, or empty for plain connections.
    public let method: String
    /// The host that was asked for.
    public let authority: String
    /// The path without its query, in which secrets may be.
    public let path: String
    /// The status that the client got, 0 for none.
    public let responseCode: Int
    /// Why.
    public let flags: ResponseFlags
    /// What happened, in a sentence, or `%RESPONSE_CODE_DETAILS%`.
    public let details: String
    /// The cluster, or empty.
    public let cluster: String
    /// The endpoint, or empty.
    public let upstreamHost: String
    /// The route's name, or empty.
    public let route: String
    /// How often the request was sent.
    public let attempts: Int
    /// How long it took, in milliseconds.
    public let milliseconds: Int
    /// `x-request-id`, or empty.
    public let requestID: String

    private static let maximumBytes = 256

    /// Takes what `/why` shows from a record, texts cut after 256 bytes.
    ///
    /// - Parameters:
    ///   - record: The record of the request.
    ///   - method: Its method.
    ///   - authority: Its host.
    ///   - path: Its path, of which the query is left out.
    ///   - requestID: Its `x-request-id`.
    ///   - reason: What happened, in a sentence; where there is none, the record's details stand for it.
    public init(
        _ record: borrowing LogRecord,
        method: String,
        authority: String,
        path: String,
        requestID: String,
        reason: String = ""
    ) {
        startTime = record.startTime
        self.method = Self.cut(method)
        self.authority = Self.cut(authority)
        self.path = Self.cut(String(path.prefix { $0 != "?" }))
        self.requestID = Self.cut(requestID)
        responseCode = record.responseCode
        flags = record.flags
        details = Self.cut(
            !reason.isEmpty ? reason : record.responseCodeDetails ?? record.upstreamTransportFailure ?? ""
        )
        cluster = record.upstreamCluster ?? ""
        upstreamHost = record.upstreamHost ?? ""
        route = record.routeName ?? ""
        attempts = record.attempts
        let (seconds, attoseconds) = (record.duration ?? .zero).components
        milliseconds = Int(max(0, min(seconds, 1 << 40))) * 1000 + Int(max(0, attoseconds) / 1_000_000_000_000_000)
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= maximumBytes ? text : String(decoding: text.utf8.prefix(maximumBytes), as: UTF8.self)
    }

    /// The entry as an object, with what its flags mean.
    public var json: JSONValue {
        var time: [UInt8] = []
        TimeFormat.standard.write(startTime, into: &time)
        return [
            "time": .string(String(decoding: time, as: UTF8.self)),
            "method": .string(method),
            "authority": .string(authority),
            "path": .string(path),
            "response_code": .integer(responseCode),
            "response_flags": .string(flags.letters),
            "what": .array(flags.all.map { .string($0.sentence) }),
            "advice": .array(flags.all.map { .string($0.advice) }),
            "details": .string(details),
            "route": .string(route),
            "cluster": .string(cluster),
            "upstream_host": .string(upstreamHost),
            "attempts": .integer(attempts),
            "duration": .integer(milliseconds),
            "request_id": .string(requestID),
        ]
    }
}
