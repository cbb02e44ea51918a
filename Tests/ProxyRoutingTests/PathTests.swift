import ProxyConfiguration
import Testing

@testable import ProxyRouting

@Suite("Paths and places")
struct PathTests {
    @Test(
        "A path is normalized as Envoy does",
        arguments: [
            ("/a/b", nil), ("/", nil), ("*", nil), ("/a/../b", "/b"), ("/a/./b", "/a/b"), ("/a/..", "/"), ("/..", "/"),
            ("/../../etc", "/etc"), ("/a/%2e%2e/b", "/b"), ("/%7Euser", "/~user"), ("/%41", "/A"), ("/a%20b", nil),
            ("/a\\b", "/a/b"), ("/a/.?x=/../y", "/a/?x=/../y"), ("/a/..b", nil), ("/a/...", nil), ("/%", nil),
            ("/%4", nil),
            ("/%zz", nil), ("/a//b", nil), ("//a", nil), ("/a/b/../", "/a/"), ("/%2e%2e%2f", "/..%2f"),
            ("/%%41", nil), ("/%2%65%2%65/a", nil), ("/%%32%65", "/%%32e"), ("/%2%41%7e", "/%2%41~"),
            ("/%25%32%65", "/%252e"), ("/%2f%65", "/%2fe"), ("/%2a%65", "/%2ae"), ("/%xy%65", "/%xye"),
        ] as [(String, String?)]
    )
    func normalizes(_ path: String, _ expected: String?) {
        var normalization = PathNormalization()
        normalization.normalizes = true
        #expect(outcome(normalization, path) == expected)
    }

    @Test(
        "Neighbouring slashes become one",
        arguments: [("//a///b?x=//", "/a/b?x=//"), ("/a/b", nil)] as [(String, String?)]
    )
    func merges(_ path: String, _ expected: String?) {
        var normalization = PathNormalization()
        normalization.mergesSlashes = true
        #expect(outcome(normalization, path) == expected)
    }

    @Test(
        "Escaped slashes stay, are refused, or become slashes",
        arguments: [
            (.keep, nil), (.reject, "rejected"), (.unescapeAndRedirect, "redirect /a/b?%2f"),
            (.unescapeAndForward, "/a/b?%2f"),
        ] as [(PathNormalization.EscapedSlashes, String?)]
    )
    func escapedSlashes(_ action: PathNormalization.EscapedSlashes, _ expected: String?) {
        var normalization = PathNormalization()
        normalization.normalizes = true
        normalization.escapedSlashes = action
        #expect(outcome(normalization, "/a%2Fb?%2f") == expected)
    }

    @Test(
        "A host loses its port and its last dot as far as it is told to",
        arguments: [
            (.any, false, "a.example:80", "a.example"), (.any, false, "[::1]:8080", "[::1]"),
            (.any, false, "a.example", "a.example"), (.any, false, "a:", "a:"), (.matching, false, "a:8080", "a"),
            (.matching, false, "a:80", "a:80"), (.matching, false, "a:99999999999999999999", "a:99999999999999999999"),
            (.none, true, "a.example.", "a.example"), (.none, true, ".", "."), (.any, true, "a.:80", "a"),
            (.none, true, "a.:80", "a.:80"), (.none, false, "a.:80", "a.:80"),
        ] as [(PathNormalization.StrippedPort, Bool, String, String)]
    )
    func hosts(_ port: PathNormalization.StrippedPort, _ stripsDot: Bool, _ host: String, _ expected: String) {
        var normalization = PathNormalization()
        normalization.strippedPort = port
        normalization.stripsTrailingDot = stripsDot
        let bytes = Array(host.utf8)
        let length = normalization.hostLength(bytes.span, localPort: 8080)
        #expect(String(decoding: bytes[..<length], as: UTF8.self) == expected)
    }

    @Test(
        "No escape comes about, neither of a dot nor of a slash",
        arguments: ["/%%32%46", "/%2%46", "/%2%66", "/%5%63"]
    )
    func nestedEscapes(_ path: String) {
        var normalization = PathNormalization()
        normalization.normalizes = true
        normalization.escapedSlashes = .reject
        let text = outcome(normalization, path) ?? path
        #expect(!["%2f", "%5c"].contains { text.lowercased().contains($0) })
    }

    @Test("Normal paths stay normal: doing it twice changes nothing, and nothing crashes")
    func idempotent() {
        var random = Steps(state: UInt64.random(in: 1...UInt64.max))
        let seed = random.state
        let pieces = [
            "/", ".", "..", "%2e", "%2F", "%", "a", "\\", "//", "%5c", "?", "#", "é", "%zz", "~", "%2", "%65", "%32",
            "%46", "%%", "%35",
        ]
        var normalization = PathNormalization()
        normalization.normalizes = true
        normalization.mergesSlashes = true
        normalization.escapedSlashes = .unescapeAndForward
        for _ in 0..<5000 {
            let path =
                "/"
                + (0..<Int(random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
                .joined()
            guard case .changed(let once) = normalization.apply(Array(path.utf8).span) else { continue }
            #expect(once.first == 0x2F, "seed \(seed) \(path)")
            #expect(normalization.apply(once.span) == .unchanged, "seed \(seed) \(path)")
        }
    }

    @Test(
        "A rewrite changes the path and keeps the query",
        arguments: [
            (RouteMatch.prefix("/api"), .prefix("/"), "/api/v1?x", "//v1?x"),
            (.prefix("/api/"), .prefix("/"), "/api/v1?x", "/v1?x"),
            (.path("/a"), .prefix("/b"), "/a?x=1", "/b?x=1"),
            (RouteMatch(.separatedPrefix("/api")), .prefix("/new"), "/api/v1", "/new/v1"),
            (
                .prefix("/"),
                .regex(RegexRewrite(pattern: "^/service/([^/]+)(/.*)$", substitution: "\\2/instance/\\1")),
                "/service/foo/v1/api?q", "/v1/api/instance/foo?q"
            ),
            (
                .prefix("/"), .regex(RegexRewrite(pattern: "one", substitution: "two")), "/xxx/one/yyy/one/zzz?one",
                "/xxx/two/yyy/two/zzz?one"
            ),
            (.prefix("/"), .regex(RegexRewrite(pattern: "nothing", substitution: "x")), "/a", nil),
            (.prefix("/"), .regex(RegexRewrite(pattern: "a", substitution: " ")), "/a", nil),
        ] as [(RouteMatch, ForwardAction.PathRewrite, String, String?)]
    )
    func rewrites(_ match: RouteMatch, _ rewrite: ForwardAction.PathRewrite, _ path: String, _ expected: String?) throws
    {
        var action = ForwardAction(cluster: "c")
        action.pathRewrite = rewrite
        let table = RoutingTable([("r", match, .forward(action))])
        let route = try #require(table.routes.first)
        guard case .forward(let forward) = route.action else { return }
        let result = forward.rewrite(Array(path.utf8).span, of: route)
        #expect(result.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    /// A redirect, what is asked for, and the place that is answered.
    struct Redirection: Sendable {
        var change: @Sendable (inout RedirectAction) -> Void
        var path: String
        var host: String
        var isSecure = false
        var location: String
    }

    @Test(
        "A redirect changes what it says and keeps the rest",
        arguments: [
            Redirection(change: { $0.scheme = "https" }, path: "/a?x", host: "h", location: "https://h/a?x"),
            Redirection(change: { $0.scheme = "https" }, path: "/", host: "h:80", location: "https://h/"),
            Redirection(change: { $0.scheme = "https" }, path: "/", host: "h:8080", location: "https://h:8080/"),
            Redirection(change: { $0.scheme = "https" }, path: "/", host: "[::1]:80", location: "https://[::1]/"),
            Redirection(
                change: { $0.scheme = "http" },
                path: "/",
                host: "h:443",
                isSecure: true,
                location: "http://h/"
            ),
            Redirection(change: { $0.host = "new" }, path: "/a", host: "h:80", location: "http://new/a"),
            Redirection(change: { $0.port = 8443 }, path: "/a", host: "h:80", location: "http://h:8443/a"),
            Redirection(change: { $0.path = .replaced("/b") }, path: "/a?x=1", host: "h", location: "http://h/b?x=1"),
            Redirection(change: { $0.path = .replaced("/b?y") }, path: "/a?x=1", host: "h", location: "http://h/b?y"),
            Redirection(
                change: { $0.path = .prefix("/new") },
                path: "/old/a?x",
                host: "h",
                location: "http://h/new/a?x"
            ),
            Redirection(change: { $0.stripsQuery = true }, path: "/a?x", host: "h", location: "http://h/a"),
            Redirection(
                change: { $0.path = .regex(RegexRewrite(pattern: "o(.)d", substitution: "n\\1w")) },
                path: "/old/a?old",
                host: "h",
                location: "http://h/nlw/a?old"
            ),
        ]
    )
    func redirects(_ redirection: Redirection) throws {
        var action = RedirectAction()
        redirection.change(&action)
        let match = redirection.path.hasPrefix("/old") ? RouteMatch.prefix("/old") : .prefix("/")
        let table = RoutingTable([("r", match, .redirect(action))])
        let route = try #require(table.routes.first)
        guard case .redirect(let redirect) = route.action else { return }
        let sample = try RequestSample(redirection.path, host: redirection.host)
        let location = redirect.location(
            sample.head,
            sample.bytes.span,
            target: sample.target.span,
            isSecure: redirection.isSecure,
            of: route
        )
        #expect(location.map { String(decoding: $0, as: UTF8.self) } == redirection.location)
    }

    private func outcome(_ normalization: PathNormalization, _ path: String) -> String? {
        switch normalization.apply(Array(path.utf8).span) {
        case .unchanged: nil
        case .rejected: "rejected"
        case .changed(let path): String(decoding: path, as: UTF8.self)
        case .redirect(let path): "redirect \(String(decoding: path, as: UTF8.self))"
        }
    }
}

/// Random numbers that a seed repeats.
struct Steps {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 16
    }
}
