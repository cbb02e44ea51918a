/// The memory that the container may use.
public enum MemoryLimit {
    /// The lowest limit of the control groups that the process is in, in bytes, or nil when there is none.
    public static func current() -> UInt64? {
        ControlGroup.all(of: "memory")
            .compactMap { $0.text(of: $0.isVersion2 ? "memory.max" : "memory.limit_in_bytes") }
            .compactMap(parse)
            .min()
    }

    /// The number in the text of a limit file; nil for `max` and for the huge value by which version 1 means no limit.
    static func parse(_ text: String) -> UInt64? {
        guard let value = UInt64(text.prefix { !$0.isWhitespace }), value < 1 << 60 else { return nil }
        return value
    }
}
