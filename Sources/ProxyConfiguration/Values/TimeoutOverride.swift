/// A timeout that replaces one from further out.
public enum TimeoutOverride: Sendable, Hashable {
    /// Absent: what is further out holds.
    case inherited
    /// `0s`: there is none.
    case none
    /// This long.
    case after(Duration)

    /// The timeout in force where `outer` is the one from further out.
    public func resolved(_ outer: Duration?) -> Duration? {
        switch self {
        case .inherited: outer
        case .none: nil
        case .after(let duration): duration
        }
    }
}
