/// How a text is compared: `type.matcher.v3.StringMatcher`.
public struct StringMatcher: Sendable, Hashable {
    /// The ways to compare.
    public enum Pattern: Sendable, Hashable {
        /// `exact`: the whole text.
        case exact(String)
        /// `prefix`: its beginning, not empty.
        case prefix(String)
        /// `suffix`: its end, not empty.
        case suffix(String)
        /// `contains`: some part of it, not empty.
        case contains(String)
        /// `safe_regex`: an RE2 expression that matches the whole text; it has been compiled once and is sound.
        case regex(String)
    }

    /// What is compared with.
    public var pattern: Pattern
    /// `ignore_case`: whether ASCII letters are the same in both cases (false); no effect on a regex.
    public var ignoresCase: Bool

    /// Makes a matcher.
    public init(_ pattern: Pattern, ignoresCase: Bool = false) {
        self.pattern = pattern
        self.ignoresCase = ignoresCase
    }
}
