/// Paths inside containers, compared as the kernel would see them.
enum MountPath {
    /// The path without `.` parts, repeated and trailing slashes; `..` is resolved.
    static func clean(_ path: String) -> String {
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
}
