import ArgumentParser
import Kubernetes
import NIOCore

/// A length of time as an option: `10s`, `1m30s`, `500ms`, or a whole number of seconds.
struct TimeOption: ExpressibleByArgument, Equatable {
    private let nanoseconds: Int64

    /// Parses an option; nil when it is no length of time or longer than a day.
    init?(argument: String) {
        let isNumber = !argument.isEmpty && argument.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard let span = TimeSpan(isNumber ? argument + "s" : argument), span.nanoseconds <= 86_400_000_000_000 else {
            return nil
        }
        nanoseconds = Int64(clamping: span.nanoseconds)
    }

    /// A whole number of milliseconds.
    init(milliseconds: Int64) {
        nanoseconds = milliseconds * 1_000_000
    }

    /// A whole number of seconds.
    init(seconds: Int64) {
        self.init(milliseconds: seconds * 1_000)
    }

    /// The length for event loops.
    var amount: TimeAmount { .nanoseconds(nanoseconds) }

    /// The length for clocks.
    var duration: Duration { .nanoseconds(nanoseconds) }

    /// Whether there is any time at all.
    var isZero: Bool { nanoseconds == 0 }

    /// The spelling that Go gives.
    var text: String { TimeSpan("\(nanoseconds)ns")?.description ?? "\(nanoseconds)ns" }

    /// The spelling in the help.
    var defaultValueDescription: String { text }
}
