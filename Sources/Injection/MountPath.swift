/// Paths inside containers, compared as the kernel would see them.
enum MountPath {
    /// The path without `.` parts, repeated and trailing slashes; `..` is resolved.
    static func clean(_ path: String) -> String {
        guard !isClean(path) else { return path }
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Whether no `/` is followed by another, by a `.` or by the end: then there is nothing to clean.
    private static func isClean(_ path: String) -> Bool {
        var previous: UInt8 = 0
        for byte in path.utf8 {
            if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
            previous = byte
        }
        return path.utf8.first == UInt8(ascii: "/") && previous != UInt8(ascii: "/")
    }
}
