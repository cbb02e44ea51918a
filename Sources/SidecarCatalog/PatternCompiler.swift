/// Compiles a parsed pattern to instructions (Thompson's construction).
struct PatternCompiler {
    private var program: [Pattern.Instruction] = []
    private var steps = 0

    private static let tooLarge = PatternError(reason: "the pattern is too large; repeat less by count", offset: 0)

    /// Ends the program.
    mutating func finish() throws(PatternError) -> [Pattern.Instruction] {
        try append(.accept)
        return program
    }

    /// Appends the instructions of `node`.
    mutating func compile(_ node: PatternNode) throws(PatternError) {
        // Repetitions of nothing compile to nothing, so the work is counted apart from what comes out.
        steps += 1
        guard steps <= 10 * Pattern.maximumInstructions else { throw Self.tooLarge }
        switch node {
        case .set(let set):
            try append(.take(set))
        case .sequence(let nodes):
            for node in nodes {
                try compile(node)
            }
        case .alternatives(let nodes):
            try compile(alternatives: nodes[...])
        case .repetition(let node, let minimum, let maximum):
            try compile(node, from: minimum, to: maximum)
        }
    }

    private mutating func append(_ instruction: Pattern.Instruction) throws(PatternError) {
        guard program.count < Pattern.maximumInstructions else {
            throw Self.tooLarge
        }
        program.append(instruction)
    }

    private mutating func compile(alternatives nodes: ArraySlice<PatternNode>) throws(PatternError) {
        var jumps: [Int] = []
        for (index, node) in zip(nodes.indices, nodes) {
            let split = program.count
            let isLast = index == nodes.endIndex - 1
            if !isLast { try append(.split(split + 1, 0)) }
            try compile(node)
            guard !isLast else { continue }
            jumps.append(program.count)
            try append(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for jump in jumps {
            program[jump] = .jump(program.count)
        }
    }

    private mutating func compile(_ node: PatternNode, from minimum: Int, to maximum: Int?) throws(PatternError) {
        for _ in 0..<minimum {
            try compile(node)
        }
        guard let maximum else {
            let split = program.count
            try append(.split(split + 1, 0))
            try compile(node)
            try append(.jump(split))
            program[split] = .split(split + 1, program.count)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<max(minimum, maximum) {
            splits.append(program.count)
            try append(.split(program.count + 1, 0))
            try compile(node)
        }
        for split in splits {
            program[split] = .split(split + 1, program.count)
        }
    }
}
