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
    /// Signals wait while it is done, so that nothing half-done stays behind when the program is interrupted.
    ///
    /// - Parameters:
    ///   - bytes: The content.
    ///   - path: The file.
    ///   - mode: Its permissions.
    ///   - former: The file that is replaced, whose owner and permissions hold; else the process's mask is taken off.
    /// - Throws: A failure that names the file.
    static func write(_ bytes: [UInt8], to path: String, mode: mode_t, replacing former: stat? = nil) throws {
        var (all, before) = (sigset_t(), sigset_t())
        // Safety: the three calls read and fill the sets that they are given.
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        // Hidden, so that nobody who reads the folder takes it for a manifest; short, so that any name has room for it.
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let temporary = "\(folder).pillion-\(getpid()).new"
        _ = unsafe unlink(temporary)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe open(temporary, flags, former == nil ? mode : 0o600)
        guard descriptor >= 0 else { throw CommandFailure("cannot write \(path): \(errorText)") }
        let isWritten = fill(descriptor, with: bytes, like: former)
        let text = errorText
        guard close(descriptor) == 0, isWritten, unsafe rename(temporary, path) == 0 else {
            let text = isWritten ? errorText : text
            _ = unsafe unlink(temporary)
            throw CommandFailure("cannot write \(path): \(text)")
        }
    }

    private static func fill(_ descriptor: CInt, with bytes: [UInt8], like former: stat?) -> Bool {
        if let former {
            // Only root can give a file away; then the permissions are all there is to keep.
            _ = fchown(descriptor, former.st_uid, former.st_gid)
            fchmod(descriptor, former.st_mode & 0o7777)
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            // Safety: the buffer lives for the call and its own count is passed.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0
    }

    /// Replaces an existing file in one step, with its owner and permissions; behind a symbolic link, the file it leads
    /// to.
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
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure("cannot write \(path): it is no file")
        }
        try write(bytes, to: target, mode: status.st_mode & 0o7777, replacing: status)
    }

    /// What the operating system said last.
    static var errorText: String {
        // Safety: strerror gives a NUL-terminated string that is copied at once.
        unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
    }
}
