import Glibc

/// A line on standard error that tells a person how far a long work is; nothing where standard error is no terminal.
///
/// The line is written again at most ten times a second, and not before a tenth of a second has passed.
struct ProgressLine {
    private static let interval = Duration.milliseconds(100)

    private let total: Int?
    private let things: String
    private let isWatched: Bool
    private var done = 0
    private var shown = ContinuousClock.now
    private var isVisible = false

    /// Makes the line of a work on `total` things; nil when nobody knows how many there are.
    init(total: Int?, _ things: String) {
        self.total = total
        self.things = things
        isWatched = isatty(STDERR_FILENO) == 1 && Environment["TERM"] != "dumb"
    }

    /// Counts one thing as done.
    mutating func step() {
        done += 1
        guard isWatched, total != 1, ContinuousClock.now - shown >= Self.interval else { return }
        shown = .now
        isVisible = true
        let part = total.map { "\(done) of \($0)" } ?? "\(done)"
        Console.show("\r\(part) \(things)\u{1B}[K")
    }

    /// Takes the line away, so that something else can be written.
    mutating func clear() {
        guard isVisible else { return }
        isVisible = false
        Console.show("\r\u{1B}[K")
    }
}
