/// A condition on a cookie: `route.v3.CookieMatcher`.
public struct CookieMatcher: Sendable, Hashable {
    /// `name`: compared byte for byte.
    public var name: String
    /// `string_match`, on the value of the first cookie of the name.
    public var matcher: StringMatcher
    /// `invert_match`: whether the condition holds where it would not (false).
    public var isInverted = false

    /// Makes a condition.
    public init(_ name: String, _ matcher: StringMatcher) {
        self.name = name
        self.matcher = matcher
    }
}
