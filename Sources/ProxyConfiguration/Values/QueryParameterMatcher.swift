/// A condition on a query parameter: `route.v3.QueryParameterMatcher`.
public struct QueryParameterMatcher: Sendable, Hashable {
    /// The conditions.
    public enum Condition: Sendable, Hashable {
        /// `string_match`, on the value of the first parameter of the name, as it was written.
        case string(StringMatcher)
        /// `present_match`: the parameter is there (true) or not (false).
        case present(Bool)
    }

    /// `name`: compared byte for byte.
    public var name: String
    /// The condition; `present(true)` where none is given.
    public var condition: Condition

    /// Makes a condition.
    public init(_ name: String, _ condition: Condition = .present(true)) {
        self.name = name
        self.condition = condition
    }
}
