/// An expression as a table that takes one step a byte, whatever the expression and the text are.
///
/// Built once; it matches without allocating.
struct Automaton: Sendable {
    /// The column of each byte.
    let columns: [UInt8]
    /// The number of columns.
    let width: Int
    /// The next state by state and column; state 0 is the dead end.
    let transitions: [UInt16]
    /// Whether the text may end in a state.
    let accepts: [Bool]
    /// The state at the beginning.
    let start: UInt16

    /// Whether all the bytes of `range` match.
    @inline(__always)
    func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var state = start
        for index in range {
            let column = Int(columns[Int(bytes[index])])
            state = transitions[Int(state) &* width &+ column]
            guard state != 0 else { return false }
        }
        return accepts[Int(state)]
    }
}
