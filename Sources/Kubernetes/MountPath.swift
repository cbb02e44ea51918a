/// Paths inside containers and volumes, compared as the kernel would see them.
package enum MountPath {
    /// The path without `.` parts, repeated and trailing slashes; `..` is resolved.
    package static func clean(_ path: String) -> String {
        guard !isClean(path) else { return path }
        return "/" + parts(path).joined(separator: "/")
    }

    /// A path below a volume, cleaned in the same way and without a slash in front; empty for all of the volume.
    package static func cleanSubPath(_ path: String) -> String {
        path.isEmpty ? path : parts(path).joined(separator: "/")
    }

    /// Whether a path stays below the volume: relative, and without `..` (API server, `validateLocalDescendingPath`).
    package static func isSubPath(_ path: String) -> Bool {
        path.utf8.first != UInt8(ascii: "/") && !path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.isParent }
    }

    private static func parts(_ path: String) -> [Substring] {
        var parts: [Substring] = []
        // By bytes: a combining mark makes one character with the slash before it.
        for part in path.utf8.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
            if part.isParent {
                _ = parts.popLast()
            } else {
                parts.append(Substring(part))
            }
        }
        return parts
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

extension Substring.UTF8View {
    /// Whether the part of a path is `..`.
    fileprivate var isParent: Bool { elementsEqual("..".utf8) }
}
