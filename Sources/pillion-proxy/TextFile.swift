import Glibc

/// Reads small files without Foundation.
enum TextFile {
    /// The bytes of the file at `path`, or nil when it cannot be read or is longer than `limit`.
    static func read(_ path: String, limit: Int = 4 << 20) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            // Safety: `read` writes at most the count it is given, which is the array's.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= limit else { return nil }
        }
    }
}
