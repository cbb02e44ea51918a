/// An expression as a tree.
indirect enum ExpressionNode {
    /// Matches nothing, at any place.
    case empty
    /// Matches one scalar.
    case scalar(CodePointSet)
    /// Matches its parts one after the other.
    case sequence([ExpressionNode])
    /// Matches one of its parts, the first first.
    case alternatives([ExpressionNode])
    /// Matches its part again and again; without an upper bound as often as it likes.
    case repetition(ExpressionNode, minimum: Int, maximum: Int?, isGreedy: Bool)
    /// Matches its part and notes the place.
    case capture(Int, ExpressionNode)
    /// Matches nothing, at some places.
    case assertion(Assertion)
}

/// A condition on a place between two bytes.
enum Assertion: UInt8, Sendable {
    /// `^` and `\A`.
    case textStart
    /// `$` and `\z`.
    case textEnd
    /// `^` with `(?m)`.
    case lineStart
    /// `$` with `(?m)`.
    case lineEnd
    /// `\b`.
    case wordBoundary
    /// `\B`.
    case noWordBoundary
}
