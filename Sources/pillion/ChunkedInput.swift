import Glibc

/// Reads a file or standard input piece by piece, so that its size does not matter.
enum ChunkedInput {
    private static let chunkBytes = 1 << 20

    /// Calls `body` with the bytes of `path` (`-` is standard input), piece by piece.
    ///
    /// - Throws: A failure that names the path, or what `body` throws.
    static func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
        guard path != "-" else { return try read(STDIN_FILENO, path, body) }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        try read(descriptor, path, body)
    }

    private static func read(_ descriptor: CInt, _ path: String, _ body: ([UInt8]) throws -> Void) throws {
        while true {
            var chunk = [UInt8](repeating: 0, count: chunkBytes)
            // Safety: read writes at most the chunk's count.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            guard count > 0 else { return }
            chunk.removeLast(chunk.count - count)
            try body(chunk)
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        // Safety: strerror gives a NUL-terminated string that is copied at once.
        let text = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
        return CommandFailure("\(path) cannot be read: \(text)")
    }
}
