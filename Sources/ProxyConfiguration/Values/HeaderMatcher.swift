/// A condition on a header: `route.v3.HeaderMatcher`.
public struct HeaderMatcher: Sendable, Hashable {
    /// The conditions.
    public enum Condition: Sendable, Hashable {
        /// `string_match`, and the older `exact_match`, `prefix_match`, `suffix_match`, `contains_match` and
        /// `safe_regex_match`.
        case string(StringMatcher)
        /// `range_match`: the value is a decimal integer from `start` to before `end`.
        case range(start: Int64, end: Int64)
        /// `present_match`: the header is there (true) or not (false).
        case present(Bool)
    }

    /// `name`: a header, or a pseudo-header such as `:method`; in lower case.
    ///
    /// Several lines of a header are compared as one value, joined by commas.
    public var name: String
    /// The condition; `present(true)` where none is given.
    public var condition: Condition
    /// `invert_match`: whether the condition must fail (false).
    public var isInverted: Bool
    /// `treat_missing_header_as_empty`: whether a header that is absent is compared as an empty one (false).
    ///
    /// Without it a header that is absent never matches, inverted or not, but for `present`.
    public var treatsMissingAsEmpty: Bool

    /// Makes a condition.
    public init(
        _ name: String,
        _ condition: Condition = .present(true),
        isInverted: Bool = false,
        treatsMissingAsEmpty: Bool = false
    ) {
        self.name = name
        self.condition = condition
        self.isInverted = isInverted
        self.treatsMissingAsEmpty = treatsMissingAsEmpty
    }
}
