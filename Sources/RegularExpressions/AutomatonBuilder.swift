/// Makes an ``Automaton`` of a program, if it does not become too large.
struct AutomatonBuilder {
    private let program: Program
    private var columns: [UInt8] = []
    private var representatives: [UInt8] = []
    private var numbers: [[Int32]: UInt16] = [:]
    private var states: [[Int32]] = []
    private var transitions: [UInt16] = []
    private var accepts: [Bool] = []
    private var visits = 0

    /// The largest table, 64 KiB, beyond which the slower machine does the work.
    private static var largestTable: Int { 32_768 }
    /// The most work for the building, in visited places.
    private static var mostVisits: Int { 500_000 }

    private init(_ program: Program) {
        self.program = program
    }

    /// The automaton, or nil when it would be too large or when assertions look around.
    static func build(_ program: Program) -> Automaton? {
        guard !program.looksAround else { return nil }
        var builder = AutomatonBuilder(program)
        builder.divideBytes()
        return builder.build()
    }

    /// Bytes that no instruction tells apart share a column.
    private mutating func divideBytes() {
        var groups: [[Bool]: UInt8] = [:]
        var sets: Set<ByteSet> = []
        for case .take(let set, _) in program.instructions { sets.insert(set) }
        let all = Array(sets)
        for byte in UInt8.min...UInt8.max {
            let key = all.map { $0.contains(byte) }
            if let column = groups[key] {
                columns.append(column)
            } else {
                let column = UInt8(clamping: groups.count)
                groups[key] = column
                columns.append(column)
                representatives.append(byte)
            }
        }
    }

    private mutating func build() -> Automaton? {
        let width = representatives.count
        _ = number([])
        let start = number(closure([0], atStart: true))
        var current = 0
        while current < states.count {
            let places = states[current]
            visits += places.count * width
            guard states.count * width <= Self.largestTable, states.count < 65_000 else { return nil }
            for byte in representatives {
                guard visits < Self.mostVisits else { return nil }
                transitions.append(number(closure(step(places, byte), atStart: false)))
            }
            current += 1
        }
        return Automaton(columns: columns, width: width, transitions: transitions, accepts: accepts, start: start)
    }

    private func step(_ places: [Int32], _ byte: UInt8) -> [Int32] {
        places.compactMap { place in
            guard case .take(let set, let next) = program.instructions[Int(place)], set.contains(byte) else {
                return nil
            }
            return Int32(next)
        }
    }

    private mutating func number(_ places: [Int32]) -> UInt16 {
        if let known = numbers[places] { return known }
        let number = UInt16(clamping: states.count)
        numbers[places] = number
        states.append(places)
        accepts.append(endsHere(places))
        return number
    }

    /// The places that take bytes, match, or wait for the end of the text, in ascending order.
    private mutating func closure(_ places: [Int32], atStart: Bool) -> [Int32] {
        reach(places) { assertion in assertion == .textStart && atStart }
    }

    // A check that waits for the end stays in the set, so that it can be looked through here.
    private mutating func endsHere(_ places: [Int32]) -> Bool {
        reach(places) { $0 == .textEnd }.contains { place in
            if case .match = program.instructions[Int(place)] { true } else { false }
        }
    }

    private mutating func reach(_ places: [Int32], _ holds: (Assertion) -> Bool) -> [Int32] {
        var seen: Set<Int32> = []
        var pending = places
        var result: Set<Int32> = []
        while let place = pending.popLast() {
            guard seen.insert(place).inserted else { continue }
            switch program.instructions[Int(place)] {
            case .take, .match: result.insert(place)
            case .split(let one, let other):
                pending.append(Int32(one))
                pending.append(Int32(other))
            case .save(_, let next), .jump(let next): pending.append(Int32(next))
            case .check(let assertion, let next):
                if holds(assertion) {
                    pending.append(Int32(next))
                } else if assertion == .textEnd {
                    result.insert(place)
                }
            }
        }
        visits += seen.count
        return result.sorted()
    }
}
