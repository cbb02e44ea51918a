import NIOCore
import ProxyConfiguration
import ProxyHeaders

extension TimeAmount {
    /// No time.
    static var zero: TimeAmount { .nanoseconds(0) }

    /// What a client of gRPC asks for; at most a year, like all times of the configuration, because its units reach
    /// further than a number of nanoseconds.
    init(_ timeout: GRPCTimeout) {
        self = .milliseconds(Int64(min(timeout.milliseconds, 31_622_400_000)))
    }
}

extension GRPCTimeout {
    /// The time in whole milliseconds.
    init(_ amount: TimeAmount) {
        self.init(milliseconds: Int(amount.nanoseconds / 1_000_000))
    }
}

extension TimeoutOverride {
    /// The timeout in force where `outer` is the one from further out.
    func resolved(_ outer: TimeAmount?) -> TimeAmount? {
        switch self {
        case .inherited: outer
        case .none: nil
        case .after(let duration): TimeAmount(duration)
        }
    }
}
