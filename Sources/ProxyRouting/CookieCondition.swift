import HTTP1
import ProxyConfiguration

/// A condition of a route on a cookie, prepared for bytes.
struct CookieCondition: Sendable {
    private let name: [UInt8]
    private let matcher: BytesMatcher
    private let isInverted: Bool

    init(_ matcher: CookieMatcher) {
        name = Array(matcher.name.utf8)
        self.matcher = BytesMatcher(matcher.matcher)
        isInverted = matcher.isInverted
    }

    /// Whether a request fulfils the condition; a cookie that is not there matches nothing.
    func holds(_ head: RequestHead, _ bytes: Span<UInt8>) -> Bool {
        guard let value = head.cookie(name, bytes) else { return isInverted }
        return matcher.matches(bytes.extracting(value)) != isInverted
    }
}
