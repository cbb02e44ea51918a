import Glibc

/// The memory that the container uses.
public enum MemoryUsage {
    /// The files that tell it, with the line of the second that tells of the page cache: control groups version 2, then
    /// version 1.
    private static let files = [
        ("/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.stat", "inactive_file "),
        (
            "/sys/fs/cgroup/memory/memory.usage_in_bytes", "/sys/fs/cgroup/memory/memory.stat",
            "total_inactive_file "
        ),
    ]

    /// The bytes in use, or nil when the system does not tell.
    ///
    /// Files that were read long ago do not count, as in the kubelet's working set: the kernel gives them up first.
    public static func current() -> UInt64? {
        for (usage, statistics, line) in files {
            guard let used = read(usage, limit: 64).flatMap({ MemoryLimit.parse($0) }) else { continue }
            return workingSet(used: used, statistics: read(statistics, limit: 8192) ?? "", line: line)
        }
        return nil
    }

    /// What is in use without the cache that the statistics tell in the line that begins with `line`.
    static func workingSet(used: UInt64, statistics: String, line: String) -> UInt64 {
        let found = statistics.split(separator: "\n").first { $0.hasPrefix(line) }
        let cache = found.flatMap { UInt64($0.dropFirst(line.utf8.count)) } ?? 0
        return used > cache ? used - cache : 0
    }

    private static func read(_ path: String, limit: Int) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Safety: `read` writes at most the capacity it is told and returns how much it wrote.
        return unsafe String(unsafeUninitializedCapacity: limit) { buffer in
            unsafe max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}
