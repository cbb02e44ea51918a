public import HTTPClient

/// Where a collector takes spans: `http://host:4318` or `https://host/base`, to which `/v1/traces` is added.
public struct CollectorAddress: Sendable, Equatable {
    /// Whether TLS is spoken.
    public let isSecure: Bool
    /// The host and port; 4318 where none is named, as the protocol says.
    public let endpoint: HTTPEndpoint
    /// The path of the request.
    public let path: String

    /// Parses an address; nil when it is no such URL or has user information, a query or a fragment.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[1].isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        switch parts[0].lowercased() {
        case "http:": isSecure = false
        case "https:": isSecure = true
        default: return nil
        }
        guard let endpoint = Self.endpoint(parts[2]) else { return nil }
        self.endpoint = endpoint
        var base = parts.count > 3 ? "/" + parts[3] : ""
        guard !base.contains(where: { "?#\"<>\\^`{|}".contains($0) }) else { return nil }
        while base.hasSuffix("/") { base.removeLast() }
        path = base.hasSuffix("/v1/traces") ? base : base + "/v1/traces"
    }

    private static func endpoint(_ authority: Substring) -> HTTPEndpoint? {
        guard !authority.contains("@") else { return nil }
        var host = authority
        var port = 4318
        if let bracket = authority.lastIndex(of: "]") {
            guard authority.first == "[" else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<bracket]
            let rest = authority[authority.index(after: bracket)...]
            guard rest.isEmpty || rest.first == ":", let number = number(rest.dropFirst(), port) else { return nil }
            port = number
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            guard let number = number(authority[authority.index(after: colon)...], port) else { return nil }
            port = number
        }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        return HTTPEndpoint(host: String(host), port: port)
    }

    private static func number(_ text: Substring, _ standard: Int) -> Int? {
        guard !text.isEmpty else { return standard }
        guard text.utf8.count <= 5, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(text),
            (1...65_535).contains(port)
        else { return nil }
        return port
    }
}
