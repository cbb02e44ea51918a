/// A share of all requests: `core.v3.RuntimeFractionalPercent` by its `default_value`, as there is no runtime.
public struct RequestFraction: Sendable, Hashable {
    /// `numerator`.
    public var numerator: UInt32
    /// `denominator`: 100 (HUNDRED), 10,000 (TEN_THOUSAND) or 1,000,000 (MILLION).
    public var denominator: UInt32

    /// Makes a share; one of `denominator` or more is all.
    public init(numerator: UInt32, denominator: UInt32 = 100) {
        self.numerator = numerator
        self.denominator = denominator
    }
}
