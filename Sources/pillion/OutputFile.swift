import Glibc

/// Files and folders that commands write.
enum OutputFile {
    /// Makes a folder, and those above it, where they are missing.
    ///
    /// - Throws: A failure that names the folder.
    static func makeFolder(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            partial += "/\(part)"
            // Safety: mkdir reads the path as a C string that lives for the call.
            guard unsafe mkdir(partial, 0o755) == 0 || errno == EEXIST else {
                throw CommandFailure("cannot make the folder \(partial): \(errorText)")
            }
        }
    }

    /// Writes a file in one step: a reader sees the old one or the new one.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - path: The file.
    ///   - mode: Its permissions.
    ///   - keepsMode: Whether the permissions hold as they are; else the process's mask is taken off.
    /// - Throws: A failure that names the file.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t, keepsMode: Bool = false) throws {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw CommandFailure("cannot write \(path): \(errorText)") }
        if keepsMode { fchmod(descriptor, mode) }
        var rest = bytes[...]
        while !rest.isEmpty {
            // Safety: the buffer lives for the call and its own count is passed.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                let text = errorText
                close(descriptor)
                _ = unsafe unlink(temporary)
                throw CommandFailure("cannot write \(path): \(text)")
            }
            rest = rest.dropFirst(count)
        }
        let isSynced = fsync(descriptor) == 0
        guard close(descriptor) == 0, isSynced, unsafe rename(temporary, path) == 0 else {
            let text = errorText
            _ = unsafe unlink(temporary)
            throw CommandFailure("cannot write \(path): \(text)")
        }
    }

    /// Replaces an existing file in one step, with its permissions; behind a symbolic link, the file it leads to.
    ///
    /// - Throws: A failure that names the file.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        // Safety: realpath gives a NUL-terminated string of its own, which is copied and freed.
        guard let resolved = unsafe realpath(path, nil) else {
            throw CommandFailure("cannot write \(path): \(errorText)")
        }
        defer { unsafe free(resolved) }
        let target = unsafe String(cString: resolved)
        var status = stat()
        // Safety: stat fills the structure that it is given.
        guard unsafe stat(target, &status) == 0 else { throw CommandFailure("cannot write \(path): \(errorText)") }
        try write(bytes, to: target, mode: status.st_mode & 0o7777, keepsMode: true)
    }

    /// What the operating system said last.
    static var errorText: String {
        // Safety: strerror gives a NUL-terminated string that is copied at once.
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }
}
