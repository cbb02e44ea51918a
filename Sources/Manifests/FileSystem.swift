import Glibc

/// The calls to the operating system that reading manifests needs; every failure names the path and what to do.
enum FileSystem {
    private static let chunk = 64 << 10

    /// What is at `path`, links followed.
    static func entry(_ path: String) throws(ManifestError) -> (identity: FileIdentity, isFolder: Bool) {
        let status = try status(path)
        let identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        return (identity, status.st_mode & S_IFMT == S_IFDIR)
    }

    /// Refuses what is found in a folder and is no file: to open a pipe that nobody writes to would never end.
    static func requireFile(_ path: String) throws(ManifestError) {
        guard try status(path).st_mode & S_IFMT != S_IFREG else { return }
        let reason = "it is no file but a pipe, a socket or a device; remove it from the folder"
        throw ManifestError(code: .unreadable, reason: reason, location: ManifestLocation(file: path))
    }

    private static func status(_ path: String) throws(ManifestError) -> stat {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw error(errno, path) }
        return status
    }

    /// The names in the folder at `path`, in no order, without the folder itself and its parent.
    static func entries(_ path: String, limit: Int) throws(ManifestError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw error(errno, path) }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(folder) else {
                guard errno == 0 else { throw error(errno, path) }
                return names
            }
            // Safety: the entry is valid until the next `readdir`, and its name ends with a zero byte.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
                    unsafe String(cString: name)
                }
            }
            guard name != ".", name != ".." else { continue }
            guard names.count < limit else {
                let reason = "the folder has more than \(limit) entries; give fewer at once"
                throw ManifestError(code: .tooManyFiles, reason: reason, location: ManifestLocation(file: path))
            }
            names.append(name)
        }
    }

    /// The content of the file at `path`, or of standard input, of at most `limit` bytes.
    static func read(_ path: String, isStandardInput: Bool, limit: Int) throws(ManifestError) -> [UInt8] {
        guard !isStandardInput else { return try readAll(STDIN_FILENO, path, limit: limit) }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error(errno, path) }
        defer { close(descriptor) }
        return try readAll(descriptor, path, limit: limit)
    }

    private static func readAll(_ descriptor: CInt, _ path: String, limit: Int) throws(ManifestError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            // Safety: the buffer has room for the number of bytes that is asked for.
            let count = unsafe buffer.withUnsafeMutableBytes { room in
                unsafe Glibc.read(descriptor, room.baseAddress, room.count)
            }
            guard count != 0 else { return bytes }
            guard count > 0 else {
                guard errno == EINTR else { throw error(errno, path) }
                continue
            }
            guard bytes.count + count <= limit else {
                let reason = "the file has more than \(limit) bytes; split it"
                throw ManifestError(code: .tooLarge, reason: reason, location: ManifestLocation(file: path))
            }
            bytes += buffer.prefix(count)
        }
    }

    private static func error(_ number: CInt, _ path: String) -> ManifestError {
        let (code, reason): (ManifestError.Code, String) =
            switch number {
            case ENOENT, ENOTDIR, ESTALE:
                (.notFound, "there is no such file or folder, or it went away; check the path")
            case EACCES, EPERM: (.permission, "it may not be read; check its permissions and those of its folders")
            case ELOOP: (.unreadable, "its links lead in a circle; correct them")
            case EISDIR: (.unreadable, "it became a folder while it was read; try again")
            // Safety: the text is copied before another call can change it.
            default: (.unreadable, "it cannot be read: \(unsafe String(cString: strerror(number)))")
            }
        return ManifestError(code: code, reason: reason, location: ManifestLocation(file: path))
    }
}
