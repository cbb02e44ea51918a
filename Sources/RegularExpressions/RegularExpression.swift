/// A regular expression in RE2's syntax, over UTF-8, that matches in linear time.
///
/// Whole matches, which routes ask for, take one table look-up a byte and allocate nothing, unless the expression
/// needs a table of more than 64 KiB or asks for word or line boundaries. See ``ExpressionParser`` for the syntax.
public struct RegularExpression: Sendable {
    /// The pattern.
    public let pattern: String
    /// The number of groups, without the whole match.
    public var groupCount: Int { program.groups - 1 }

    private let program: Program
    private let automaton: Automaton?

    /// Compiles a pattern.
    ///
    /// - Parameter pattern: At most 4,096 characters.
    /// - Throws: `RegularExpressionError`, when it is none or too large.
    public init(_ pattern: String) throws(RegularExpressionError) {
        var parser = try ExpressionParser(pattern)
        let node = try parser.parse()
        program = try ProgramCompiler.compile(node, groups: parser.captures)
        automaton = AutomatonBuilder.build(program)
        self.pattern = pattern
    }

    /// Whether a table does the matching, which then allocates nothing.
    public var isTabulated: Bool { automaton != nil }

    /// Whether all of `range` matches.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - range: The part of it that is looked at, as if there were no more; within the bounds of `bytes`.
    /// - Returns: Whether it matches.
    public func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if let automaton { return automaton.matches(bytes, range) }
        var machine = ThreadMachine(program)
        return machine.run(bytes.extracting(range), 0..<range.count, isWhole: true) != nil
    }

    /// Whether all of `bytes` matches.
    public func matches(_ bytes: Span<UInt8>) -> Bool {
        matches(bytes, 0..<bytes.count)
    }

    /// The leftmost match from `start` on.
    ///
    /// - Returns: The bounds of the whole match and of each group, nil for a group that took no part; nil when nothing
    ///   matches.
    func firstMatch(_ bytes: Span<UInt8>, from start: Int) -> [Range<Int>?]? {
        guard start <= bytes.count else { return nil }
        var machine = ThreadMachine(program)
        guard let slots = machine.run(bytes, start..<bytes.count, isWhole: false) else { return nil }
        return (0..<program.groups).map { group in
            let (low, high) = (slots[2 * group], slots[2 * group + 1])
            return low >= 0 && high >= low ? low..<high : nil
        }
    }
}
