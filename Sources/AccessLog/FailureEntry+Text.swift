extension FailureEntry {
    /// The entry in words, for people at a terminal.
    ///
    /// ```
    /// 2026-11-21T14:03:07.250Z GET example.com/items -> 503 UF after 12 ms, 2 tries
    ///     No connection to the endpoint could be made.
    ///     See whether the endpoint listens at the address and port that /clusters shows.
    ///     cluster app, endpoint 127.0.0.1:8080, details: connection refused, request id 5f6b...
    /// ```
    public var text: String {
        var bytes: [UInt8] = []
        TimeFormat.standard.write(startTime, into: &bytes)
        bytes += " ".utf8
        for part in [method, method.isEmpty ? "" : " ", authority, path] { LogEscaping.text.write(part, into: &bytes) }
        bytes += " -> \(responseCode) \(flags.letters) after \(milliseconds) ms".utf8
        if attempts > 1 { bytes += ", \(attempts) tries".utf8 }
        for flag in flags.all { bytes += "\n    \(flag.sentence)\n    \(flag.advice)".utf8 }
        var isFirst = true
        let places = [
            ("route", route), ("cluster", cluster), ("endpoint", upstreamHost), ("details:", details),
            ("request id", requestID),
        ]
        for (name, value) in places where !value.isEmpty {
            bytes += "\(isFirst ? "\n    " : ", ")\(name) ".utf8
            LogEscaping.text.write(value, into: &bytes)
            isFirst = false
        }
        return String(decoding: bytes, as: UTF8.self) + "\n"
    }
}
