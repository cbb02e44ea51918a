import Glibc

/// The memory that the container may use.
public enum MemoryLimit {
    /// The files that can hold the limit: control groups version 2, then version 1.
    private static let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]

    /// The limit of the control group in bytes, or nil when there is none.
    ///
    /// A container sees its own group at the root of the mount, so no path has to be looked up.
    public static func current() -> UInt64? {
        files.lazy.compactMap(read).first.flatMap(parse)
    }

    /// The number in the text of a limit file; nil for `max` and for the huge value by which version 1 means no limit.
    static func parse(_ text: String) -> UInt64? {
        guard let value = UInt64(text.prefix { !$0.isWhitespace }), value < 1 << 60 else { return nil }
        return value
    }

    private static func read(_ path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Safety: `read` writes at most the capacity it is told and returns how much it wrote.
        return unsafe String(unsafeUninitializedCapacity: 64) { buffer in
            unsafe max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}
