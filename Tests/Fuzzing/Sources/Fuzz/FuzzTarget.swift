/// One parser or state machine that takes bytes from strangers.
protocol FuzzTarget: Sendable {
    /// The word that chooses it on the command line.
    static var name: String { get }

    /// Prepares what all inputs share.
    init() throws

    /// Runs one input; traps when a promise of the code under test does not hold.
    func run(_ input: [UInt8])
}

extension FuzzTarget {
    /// Ends the program, which libFuzzer takes for a crash and keeps the input of.
    func require(_ holds: Bool, _ promise: @autoclosure () -> String) {
        guard holds else { fatalError("\(Self.name): \(promise())") }
    }
}
