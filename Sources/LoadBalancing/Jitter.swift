/// Makes lengths of time uneven by chance, so that many do not act at the same instant.
public enum Jitter {
    /// A part of `span` from nothing up to nearly all of it.
    public static func share(of span: Duration, _ random: UInt64) -> Duration {
        let nanoseconds = Self.nanoseconds(span)
        guard nanoseconds > 0 else { return .zero }
        return .nanoseconds(Int64(nanoseconds.multipliedFullWidth(by: random).high))
    }

    /// The nanoseconds of `span`, 0 when it is negative and at most 292 years.
    private static func nanoseconds(_ span: Duration) -> UInt64 {
        let (seconds, attoseconds) = span.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 9_000_000_000 else { return 9_000_000_000_000_000_000 }
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }
}
