import Glibc

/// Reads certificate and key files within bounds.
public enum PEMFile {
    /// The largest file that is read: 1 MiB.
    ///
    /// 32 certificates with 4,096-bit RSA keys are about 64 KiB.
    public static let maximumBytes = 1 << 20

    /// The bytes of the regular file at `path`.
    ///
    /// Blocks for as long as the file system takes; never call it on an event loop that serves.
    ///
    /// - Throws: `unreadableFile` (missing, no permission, a directory, a pipe) or `oversizedFile`, located at `path`.
    public static func read(_ path: String) throws(OpenSSLError) -> [UInt8] {
        // O_NONBLOCK: opening a named pipe that nobody writes to must not hang. It means nothing for a regular file.
        // Safety: open reads the path as a C string that lives for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot be opened", errno, path) }
        defer { close(descriptor) }
        try requireRegular(descriptor, path)
        return try contents(of: descriptor, path)
    }

    private static func requireRegular(_ descriptor: Int32, _ path: String) throws(OpenSSLError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure("cannot be examined", errno, path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw OpenSSLError(.unreadableFile, "not a regular file", at: path)
        }
        guard status.st_size <= maximumBytes else { throw oversized(path) }
    }

    private static func contents(of descriptor: Int32, _ path: String) throws(OpenSSLError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            // Safety: read writes at most the chunk's count.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("cannot be read", errno, path) }
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= maximumBytes else { throw oversized(path) }
        }
    }

    private static func oversized(_ path: String) -> OpenSSLError {
        OpenSSLError(.oversizedFile, "larger than \(maximumBytes) bytes", at: path)
    }

    private static func failure(_ what: String, _ number: Int32, _ path: String) -> OpenSSLError {
        // Safety: strerror returns a NUL-terminated string that is copied at once.
        let words = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return OpenSSLError(.unreadableFile, "\(what): \(words)", at: path)
    }
}
