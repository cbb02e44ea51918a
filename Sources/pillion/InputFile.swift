import Glibc

/// Reads a file or standard input as it is.
enum InputFile {
    /// Larger input is refused: the longest body that the server takes.
    static let maximumBytes = 32 << 20

    /// The bytes of `path`; `-` is standard input.
    ///
    /// - Throws: A failure that names the file.
    static func read(_ path: String) throws -> [UInt8] {
        guard path != "-" else { return try contents(of: STDIN_FILENO, path) }
        // Safety: open reads the path as a C string that lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        return try contents(of: descriptor, path)
    }

    private static func contents(of descriptor: CInt, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            // Safety: read writes at most the chunk's count.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= maximumBytes else {
                throw CommandFailure("\(path) has more than \(maximumBytes) bytes, the longest review there is")
            }
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        // Safety: strerror gives a NUL-terminated string that is copied at once.
        let text = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return CommandFailure("\(path) cannot be read: \(text)")
    }
}
