import Glibc

/// Where the catalog that comes with the program lies.
enum ShippedCatalog {
    /// Its folder: `../share/pillion/catalog` of the program's folder, or that of a source tree around the program.
    static var path: String? {
        guard let program = programPath else { return nil }
        var folder = parent(of: program)
        let installed = parent(of: folder) + "/share/pillion/catalog"
        if exists(installed) { return installed }
        while folder.count > 1 {
            let source = folder + "/charts/pillion/catalog"
            if exists(source) { return source }
            folder = parent(of: folder)
        }
        return nil
    }

    private static var programPath: String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        // Safety: readlink writes at most the buffer's count.
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress else { return -1 }
            return unsafe readlink("/proc/self/exe", start, bytes.count)
        }
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "/" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func exists(_ path: String) -> Bool {
        // Safety: access reads the path as a C string that lives for the call.
        unsafe access(path, R_OK) == 0
    }
}
