/// A regular expression that is matched against all of a text, in time linear in the text whatever the pattern.
///
/// It knows literals, `.`, classes (`[a-z]`, `[^…]`, `\d`, `\w`, `\s` and their opposites, all ASCII), groups, `|` and
/// the repetitions `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`. `^` at the beginning and `$` at the end say what holds anyway.
/// There are no backreferences, no look-around and no lazy repetition: they are what makes other engines hang
/// (https://swtch.com/~rsc/regexp/regexp1.html).
struct Pattern: Sendable {
    /// How many instructions a pattern may compile to.
    ///
    /// With the longest value that bounds a match to four million steps.
    static let maximumInstructions = 1000

    /// One step of the machine.
    enum Instruction: Sendable {
        /// Take one character of the set and go on.
        case take(ScalarSet)
        /// Go on in two places.
        case split(Int, Int)
        /// Go on elsewhere.
        case jump(Int)
        /// The pattern has matched.
        case accept
    }

    /// The pattern as it was written.
    let text: String
    private let program: [Instruction]

    /// Compiles a pattern.
    init(_ text: String) throws(PatternError) {
        self.text = text
        var parser = PatternParser(text)
        var compiler = PatternCompiler()
        try compiler.compile(try parser.pattern())
        self.program = try compiler.finish()
    }

    /// Whether all of `subject` matches.
    func matches(_ subject: String) -> Bool {
        var current = Frontier(size: program.count)
        advance(to: 0, in: &current)
        for scalar in subject.unicodeScalars {
            var next = Frontier(size: program.count)
            for place in current.places {
                if case .take(let set) = program[place], set.contains(scalar) { advance(to: place + 1, in: &next) }
            }
            guard !next.places.isEmpty else { return false }
            current = next
        }
        return current.places.contains { if case .accept = program[$0] { true } else { false } }
    }

    /// The places in the program that have been reached at one point of the text.
    private struct Frontier {
        var places: [Int] = []
        var isReached: [Bool]

        init(size: Int) {
            isReached = Array(repeating: false, count: size)
        }
    }

    /// Reaches a place and all places that need no character from there.
    private func advance(to place: Int, in frontier: inout Frontier) {
        var pending = [place]
        while let place = pending.popLast() {
            guard program.indices.contains(place), !frontier.isReached[place] else { continue }
            frontier.isReached[place] = true
            switch program[place] {
            case .jump(let target): pending.append(target)
            case .split(let first, let second): pending += [second, first]
            case .take, .accept: frontier.places.append(place)
            }
        }
    }
}
