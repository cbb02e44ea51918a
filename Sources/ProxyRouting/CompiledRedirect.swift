public import HTTP1
import ProxyConfiguration

/// The other place that requests are sent to, prepared for bytes.
public final class CompiledRedirect: Sendable {
    /// The status of the answer.
    public var status: Int { redirect.status }

    private let redirect: RedirectAction
    private let rewrite: CompiledRewrite?

    init(_ redirect: RedirectAction) {
        self.redirect = redirect
        rewrite =
            switch redirect.path {
            case .prefix(let text): .prefix(Array(text.utf8))
            case .regex(let rewrite): CompiledRewrite(rewrite)
            case .kept, .replaced: nil
            }
    }

    /// The redirect of `require_tls`.
    public static let secure: CompiledRedirect = {
        var redirect = RedirectAction()
        redirect.scheme = "https"
        return CompiledRedirect(redirect)
    }()

    /// The value of `location`.
    ///
    /// - Parameters:
    ///   - head: The request's head.
    ///   - bytes: The bytes that it was read from.
    ///   - target: Its path and query after normalization.
    ///   - isSecure: Whether it came over TLS.
    ///   - route: The route that redirects, or nil for ``secure``.
    /// - Returns: A URL, or nil when it would have bytes that a header must not have.
    public func location(
        _ head: RequestHead,
        _ bytes: Span<UInt8>,
        target: Span<UInt8>,
        isSecure: Bool,
        of route: CompiledRoute? = nil
    ) -> [UInt8]? {
        let scheme = redirect.scheme ?? (isSecure ? "https" : "http")
        var url = Array(scheme.utf8) + Array("://".utf8)
        if let host = redirect.host {
            url += Array(host.utf8)
        } else {
            url += self.host(bytes.extracting(head.authority.offsets), scheme: scheme, isSecure: isSecure)
        }
        if let port = redirect.port { url += Array(":\(port)".utf8) }
        url += path(target, route)
        return url.allSatisfy { $0 > 0x20 && $0 != 0x7F } ? url : nil
    }

    /// The request's host; its port goes when another is given, or when it is the standard one of another scheme.
    private func host(_ authority: Span<UInt8>, scheme: String, isSecure: Bool) -> [UInt8] {
        let length = DomainTable.lengthWithoutPort(authority)
        guard length < authority.count else { return authority.array }
        let port = authority.extracting((length + 1)..<authority.count)
        var removesPort = redirect.port != nil
        if (scheme == "https") != isSecure {
            removesPort = removesPort || port.isText(isSecure ? "443" : "80")
        }
        return removesPort ? authority.extracting(0..<length).array : authority.array
    }

    private func path(_ target: Span<UInt8>, _ route: CompiledRoute?) -> [UInt8] {
        let end = target.pathEnd
        var path: [UInt8]
        switch redirect.path {
        case .replaced(let text):
            path = Array(text.utf8)
            // Its own query replaces the request's.
            if path.contains(0x3F) { return path }
            path += target.extracting(end..<target.count).array
        case .kept: path = target.array
        case .prefix, .regex:
            let matched = route?.matchedLength(end: end) ?? end
            path = rewrite?.apply(target, end: end, matched: matched) ?? target.array
        }
        if redirect.stripsQuery, let query = path.firstIndex(of: 0x3F) { path.removeSubrange(query...) }
        return path
    }
}

extension Span<UInt8> {
    /// Whether the bytes are these.
    fileprivate func isText(_ text: StaticString) -> Bool {
        has(Array("\(text)".utf8), at: 0) && count == text.utf8CodeUnitCount
    }
}
