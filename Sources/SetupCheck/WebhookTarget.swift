import JSON

/// Where a webhook's clientConfig leads.
struct WebhookTarget: Sendable {
    /// The paths that answer, and the operations that each is for.
    static let operations = [
        "/mutate": ["CREATE"], "/validate": ["CREATE", "UPDATE"], "/advise": ["CREATE", "UPDATE"],
    ]

    /// The name by which the server is called; nil when there is none.
    let host: String?
    /// The path.
    let path: String?
    /// The namespace of the Service; nil for a URL.
    let namespace: String?
    private let problem: String?

    /// Reads the clientConfig of a webhook.
    init(_ webhook: JSONValue) {
        let client = webhook["clientConfig"]
        if let service = client?["service"], service.object != nil {
            let name = service["name"]?.string ?? ""
            namespace = service["namespace"]?.string ?? ""
            host = "\(name).\(namespace ?? "").svc"
            path = service["path"]?.string ?? "/"
            let port = service["port"]?.integer ?? 443
            problem = (1...65_535).contains(port) ? nil : "\(port) is no port"
            return
        }
        namespace = nil
        let url = client?["url"]?.string ?? ""
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "https:", parts[1].isEmpty else {
            (host, path) = (nil, nil)
            problem =
                url.isEmpty ? "clientConfig names neither a service nor a URL" : "the URL must begin with https://"
            return
        }
        host = Self.host(String(parts[2]))
        path = "/" + (parts.count > 3 ? parts[3].prefix { $0 != "?" && $0 != "#" } : "")
        problem = nil
    }

    /// Whether the path is one that answers this kind of webhook.
    func check(isMutating: Bool, _ name: String) -> CheckResult {
        let wanted = isMutating ? ["/mutate"] : ["/validate", "/advise"]
        let hint = "call \(wanted.joined(separator: " or "))"
        if let problem { return CheckResult(.webhookTarget, .failed, name, problem, hint: hint) }
        guard let path, wanted.contains(path) else {
            let detail = "the path \(Excerpt.cut(path ?? "", to: 120)) does not answer a webhook of this kind"
            return CheckResult(.webhookTarget, .failed, name, detail, hint: hint)
        }
        return CheckResult(.webhookTarget, .passed, name, "")
    }

    private static func host(_ authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" })
    }
}
