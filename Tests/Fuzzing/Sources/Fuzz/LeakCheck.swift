import CFuzzer
import Foundation

/// Runs the inputs of some folders over and over and compares the bytes that are allocated.
///
/// LeakSanitizer cannot do this for Swift: a string keeps flags in the upper bits of the pointer to its storage, so
/// that what only strings refer to looks lost. What is lost shows in the sum as well, if the same work is repeated.
struct LeakCheck {
    private let target: any FuzzTarget
    private let inputs: [(name: String, bytes: [UInt8])]

    /// How often all inputs are run before the memory in use is looked at, and between two looks.
    private static let rounds = 5
    /// How many inputs are run before the first look: what is kept of the last hundred failures, say, has to be full.
    private static let firstRuns = 1000
    /// The looks after the first; a leak grows at each of them.
    private static let looks = 4

    init(_ target: any FuzzTarget, folders: [String]) throws {
        self.target = target
        self.inputs = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
                (name, [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))))
            }
        }
    }

    /// Prints the figures; false when the memory in use grew between all looks.
    func run() -> Bool {
        var sizes: [Int] = []
        for _ in 0..<(Self.firstRuns / max(1, inputs.count)) { inputs.forEach { target.run($0.bytes) } }
        for _ in 0...Self.looks {
            for _ in 0..<Self.rounds { inputs.forEach { target.run($0.bytes) } }
            sizes.append(__sanitizer_get_current_allocated_bytes())
        }
        let grown = zip(sizes, sizes.dropFirst()).allSatisfy { $0 < $1 }
        let name = type(of: target).name
        print("\(name): \(inputs.count) inputs, bytes in use every \(Self.rounds) rounds: \(sizes)")
        guard grown else { return true }
        for input in inputs where leaks(input.bytes) { print("\(name): \(input.name) leaks") }
        return false
    }

    /// Whether one input alone makes the memory in use grow.
    private func leaks(_ input: [UInt8]) -> Bool {
        var sizes: [Int] = []
        for _ in 0..<6 {
            for _ in 0..<10 { target.run(input) }
            sizes.append(__sanitizer_get_current_allocated_bytes())
        }
        return zip(sizes.dropFirst(), sizes.dropFirst(2)).allSatisfy { $0 < $1 }
    }
}
