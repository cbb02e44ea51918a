/// A part of a parsed pattern.
indirect enum PatternNode: Sendable {
    /// One character of a set.
    case set(ScalarSet)
    /// One after the other; none matches the empty text.
    case sequence([PatternNode])
    /// One of several.
    case alternatives([PatternNode])
    /// The same part several times; without a maximum when that is nil.
    case repetition(PatternNode, minimum: Int, maximum: Int?)
}
