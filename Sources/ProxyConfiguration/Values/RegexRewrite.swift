/// A replacement by an expression: `type.matcher.v3.RegexMatchAndSubstitute`.
public struct RegexRewrite: Sendable, Hashable {
    /// `pattern.regex`: an RE2 expression, sound; every place where it matches is replaced.
    public var pattern: String
    /// `substitution`: the new text, in which `\1` to `\9` stand for groups, `\0` for the match and `\\` for `\`.
    public var substitution: String

    /// Makes a replacement.
    public init(pattern: String, substitution: String) {
        self.pattern = pattern
        self.substitution = substitution
    }
}
