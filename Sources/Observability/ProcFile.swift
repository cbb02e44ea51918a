import Glibc

/// Reads what a process needs to know of itself from `/proc`.
enum ProcFile {
    /// The value of a line of `/proc/self/status` that is given in kilobytes, such as `VmRSS:`.
    static func statusKilobytes(_ key: String) -> Double? {
        guard let text = read("/proc/self/status") else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    }

    /// The number of open descriptors, without the one that looks.
    static func openDescriptors() -> Int? {
        // Safety: the directory stream is used only here and closed before it goes out of scope.
        guard let directory = unsafe opendir("/proc/self/fd") else { return nil }
        defer { _ = unsafe closedir(directory) }
        var count = 0
        while unsafe readdir(directory) != nil { count += 1 }
        // ".", ".." and the descriptor of the directory itself.
        return max(0, count - 3)
    }

    /// When the process started, in seconds since 1970.
    static func startTime() -> Double? {
        guard let stat = read("/proc/self/stat"), let boot = bootTime(), let ticks = startTicks(stat) else {
            return nil
        }
        return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The 22nd field of `/proc/self/stat`; the second one is a name in parentheses that may hold anything.
    static func startTicks(_ stat: String) -> Double? {
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        return fields.dropFirst(19).first.flatMap { Double($0) }
    }

    /// The lines of `/proc/self/maps`; none when it cannot be read.
    static func mappings() -> [Substring] {
        read("/proc/self/maps", capacity: 1 << 20)?.split(separator: "\n") ?? []
    }

    private static func bootTime() -> Double? {
        guard let text = read("/proc/stat", capacity: 1 << 20) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) }
    }

    private static func read(_ path: String, capacity: Int = 16 * 1024) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: capacity)
        var length = 0
        while length < capacity {
            // Safety: `read` writes at most the space that is left behind `length`.
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: length), capacity - length)
            }
            guard count > 0 else { break }
            length += count
        }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }
}
