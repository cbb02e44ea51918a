/// Turns the tree of an expression into instructions.
struct ProgramCompiler {
    private var instructions: [Program.Instruction] = []

    private static var limit: Int { 10_000 }

    /// Compiles `node`, which has `groups` groups.
    static func compile(_ node: ExpressionNode, groups: Int) throws(RegularExpressionError) -> Program {
        var compiler = ProgramCompiler()
        try compiler.emit(.save(0, 1))
        try compiler.compile(node)
        try compiler.emit(.save(1, compiler.instructions.count + 1))
        try compiler.emit(.match)
        return Program(instructions: compiler.instructions, groups: groups)
    }

    private var next: Int { instructions.count }

    private mutating func emit(_ instruction: Program.Instruction) throws(RegularExpressionError) {
        guard instructions.count < Self.limit else {
            throw RegularExpressionError(.tooLarge, "it needs more than \(Self.limit) steps; repeat less", at: 0)
        }
        instructions.append(instruction)
    }

    /// Adds instructions that go on behind the last one.
    private mutating func compile(_ node: ExpressionNode) throws(RegularExpressionError) {
        switch node {
        case .empty: break
        case .scalar(let set): try compile(set)
        case .sequence(let parts):
            for part in parts { try compile(part) }
        case .alternatives(let parts): try compile(alternatives: parts)
        case .repetition(let part, let minimum, let maximum, let isGreedy):
            for _ in 0..<minimum { try compile(part) }
            if let maximum {
                try compile(part, atMost: maximum - minimum, isGreedy)
            } else {
                try compile(loop: part, isGreedy)
            }
        case .capture(let number, let part):
            try emit(.save(2 * number, next + 1))
            try compile(part)
            try emit(.save(2 * number + 1, next + 1))
        case .assertion(let assertion): try emit(.check(assertion, next + 1))
        }
    }

    private mutating func compile(alternatives parts: [ExpressionNode]) throws(RegularExpressionError) {
        var ends: [Int] = []
        for (index, part) in parts.enumerated() {
            guard index < parts.count - 1 else {
                try compile(part)
                break
            }
            let split = next
            try emit(.split(split + 1, 0))
            try compile(part)
            ends.append(next)
            try emit(.jump(0))
            instructions[split] = .split(split + 1, next)
        }
        for end in ends { instructions[end] = .jump(next) }
    }

    private mutating func compile(loop part: ExpressionNode, _ isGreedy: Bool) throws(RegularExpressionError) {
        let split = next
        try emit(.split(0, 0))
        try compile(part)
        try emit(.jump(split))
        instructions[split] = isGreedy ? .split(split + 1, next) : .split(next, split + 1)
    }

    private mutating func compile(
        _ part: ExpressionNode,
        atMost count: Int,
        _ isGreedy: Bool
    ) throws(RegularExpressionError) {
        var splits: [Int] = []
        for _ in 0..<max(count, 0) {
            splits.append(next)
            try emit(.split(0, 0))
            try compile(part)
        }
        for split in splits {
            instructions[split] = isGreedy ? .split(split + 1, next) : .split(next, split + 1)
        }
    }

    /// All single bytes are one set; each longer sequence is a way of its own.
    private mutating func compile(_ set: CodePointSet) throws(RegularExpressionError) {
        var single = ByteSet()
        var ways: [[ByteSet]] = []
        for range in set.ranges {
            for sequence in UTF8Sequence.sequences(range) {
                guard sequence.bytes.count > 1 else {
                    single.insert(sequence.bytes[0])
                    continue
                }
                ways.append(
                    sequence.bytes.map { range in
                        var set = ByteSet()
                        set.insert(range)
                        return set
                    }
                )
            }
        }
        if single != ByteSet() || ways.isEmpty { ways.insert([single], at: 0) }
        var ends: [Int] = []
        for (index, way) in ways.enumerated() {
            let split = next
            let isLast = index == ways.count - 1
            if !isLast { try emit(.split(0, 0)) }
            for bytes in way { try emit(.take(bytes, next + 1)) }
            guard !isLast else { break }
            ends.append(next)
            try emit(.jump(0))
            instructions[split] = .split(split + 1, next)
        }
        for end in ends { instructions[end] = .jump(next) }
    }
}
