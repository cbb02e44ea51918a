import Glibc

/// What tells whether the files of a catalog have changed: the identity, size and times of each, links followed.
///
/// Kubernetes swaps the `..data` link of a ConfigMap mount, after which the same names lead to other files. The folder's
/// own time tells of a swap there and back between two looks.
public struct CatalogStamp: Equatable, Sendable {
    /// More entries than a catalog may have files are not looked at.
    private static let maximumEntries = 4000

    private var entries: [String] = []

    /// Looks at a file, or at a folder with everything in it.
    init(path: String) {
        visit(path, depth: 0)
        entries.sort()
    }

    private mutating func visit(_ path: String, depth: Int) {
        guard entries.count < Self.maximumEntries, depth < 16 else { return }
        var status = stat()
        // Safety: `status` outlives the call, which writes one `stat` into it.
        guard unsafe stat(path, &status) == 0 else {
            entries.append("\(path) \(errno)")
            return
        }
        let time =
            "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
        entries.append("\(path) \(status.st_dev) \(status.st_ino) \(status.st_size) \(time)")
        guard status.st_mode & S_IFMT == S_IFDIR else { return }
        for name in Self.names(in: path) where !name.hasPrefix(".") {
            visit("\(path)/\(name)", depth: depth + 1)
        }
    }

    private static func names(in folder: String) -> [String] {
        // Safety: the stream is closed on every way out and used by nobody else.
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        // Safety: the entry is valid until the next call; its name is copied out before.
        while names.count < maximumEntries, let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            names.append(name)
        }
        return names
    }
}
