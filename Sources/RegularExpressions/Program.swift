/// An expression as instructions for a machine that is in several places at once.
struct Program: Sendable {
    /// What happens in one place.
    enum Instruction: Sendable {
        /// Takes a byte of a set and goes on at the place.
        case take(ByteSet, Int)
        /// Goes on at both places, rather at the first.
        case split(Int, Int)
        /// Notes where it is and goes on.
        case save(Int, Int)
        /// Goes on if the assertion holds.
        case check(Assertion, Int)
        /// Goes on.
        case jump(Int)
        /// The expression has matched.
        case match
    }

    var instructions: [Instruction] = []
    /// The number of groups, the whole match included.
    var groups = 1

    /// Whether a place's assertions look at more than the text's two ends.
    var looksAround: Bool {
        instructions.contains { instruction in
            guard case .check(let assertion, _) = instruction else { return false }
            return assertion != .textStart && assertion != .textEnd
        }
    }
}
