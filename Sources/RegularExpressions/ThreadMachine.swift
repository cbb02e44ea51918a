/// Runs a program over a text in all its ways at once, so that the time is the product of both lengths at most.
///
/// Of all matches it finds the leftmost, and of those the one that a backtracking matcher would find first.
struct ThreadMachine {
    private struct Thread {
        var place: Int
        var slots: [Int]
    }

    private let program: Program
    /// The step in which a place was last reached.
    private var marks: [Int]
    private var step = 0

    init(_ program: Program) {
        self.program = program
        marks = Array(repeating: -1, count: program.instructions.count)
    }

    /// Finds a match.
    ///
    /// - Parameters:
    ///   - bytes: The whole text; assertions look at all of it.
    ///   - range: Where the match may be; for a whole match, what it must be.
    ///   - isWhole: Whether the match must be all of `range`.
    /// - Returns: The start and end of each group, -1 for those that took no part, or nil when nothing matches.
    mutating func run(_ bytes: Span<UInt8>, _ range: Range<Int>, isWhole: Bool) -> [Int]? {
        var best: [Int]?
        var threads: [Thread] = []
        let none = Array(repeating: -1, count: program.groups * 2)
        for index in range.lowerBound...range.upperBound {
            var here: [Thread] = []
            step += 1
            for thread in threads { follow(thread, index, bytes, range, into: &here) }
            if best == nil, !isWhole || index == range.lowerBound {
                follow(Thread(place: 0, slots: none), index, bytes, range, into: &here)
            }
            threads.removeAll(keepingCapacity: true)
            // What comes after a match in the list counts less than it.
            scan: for var thread in here {
                switch program.instructions[thread.place] {
                case .take(let set, let next):
                    guard index < range.upperBound, set.contains(bytes[index]) else { continue }
                    thread.place = next
                    threads.append(thread)
                case .match where !isWhole || index == range.upperBound:
                    best = thread.slots
                    break scan
                default: continue
                }
            }
            if threads.isEmpty, best != nil || isWhole && index > range.lowerBound { return best }
        }
        return best
    }

    /// Adds the places that a thread reaches without taking a byte, the preferred ones first.
    private mutating func follow(
        _ thread: Thread,
        _ index: Int,
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        into list: inout [Thread]
    ) {
        var pending = [thread]
        while var thread = pending.popLast() {
            guard marks[thread.place] != step else { continue }
            marks[thread.place] = step
            switch program.instructions[thread.place] {
            case .take, .match: list.append(thread)
            case .jump(let next):
                thread.place = next
                pending.append(thread)
            case .split(let first, let second):
                pending.append(Thread(place: second, slots: thread.slots))
                thread.place = first
                pending.append(thread)
            case .save(let slot, let next):
                thread.slots[slot] = index
                thread.place = next
                pending.append(thread)
            case .check(let assertion, let next):
                guard Self.holds(assertion, index, bytes) else { continue }
                thread.place = next
                pending.append(thread)
            }
        }
    }

    private static func holds(_ assertion: Assertion, _ index: Int, _ bytes: Span<UInt8>) -> Bool {
        switch assertion {
        case .textStart: index == 0
        case .textEnd: index == bytes.count
        case .lineStart: index == 0 || bytes[index - 1] == 0x0A
        case .lineEnd: index == bytes.count || bytes[index] == 0x0A
        case .wordBoundary: isWord(bytes, index - 1) != isWord(bytes, index)
        case .noWordBoundary: isWord(bytes, index - 1) == isWord(bytes, index)
        }
    }

    private static func isWord(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
        guard bytes.indices.contains(index) else { return false }
        return switch bytes[index] {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }
}
