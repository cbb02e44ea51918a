import Glibc
import OpenSSL

/// What tells one version of a file from another without reading it.
struct FileStamp: Sendable, Equatable {
    /// The path with every symbolic link resolved: Kubernetes swaps the link `..data`, not the files.
    let realPath: String
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    /// The later of the times of modification and of status change, in nanoseconds since 1970.
    let changed: Int64

    /// Looks at the file that `path` leads to now.
    ///
    /// - Throws: `unreadableFile`, located at `path`.
    init(_ path: String) throws(OpenSSLError) {
        realPath = try Self.resolve(path)
        var status = stat()
        // Safety: stat reads the path as a C string and fills in the structure, both alive for the call.
        guard unsafe stat(realPath, &status) == 0 else { throw Self.failure(path) }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        changed = max(Self.nanoseconds(status.st_mtim), Self.nanoseconds(status.st_ctim))
    }

    private static func resolve(_ path: String) throws(OpenSSLError) -> String {
        // Safety: realpath allocates the result, which is copied and then freed.
        guard let resolved = unsafe realpath(path, nil) else { throw failure(path) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ Int64(time.tv_nsec)
    }

    private static func failure(_ path: String) -> OpenSSLError {
        let number = errno
        // Safety: strerror returns a NUL-terminated string that is copied at once.
        let words = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return OpenSSLError(.unreadableFile, "cannot be found: \(words)", at: path)
    }
}
