/// Reads manifests from files, folders and standard input, as `kubectl -f` does.
///
/// A folder is read with its subfolders in the order of their names. Of it only `.yaml`, `.yml` and `.json` files count,
/// and nothing whose name starts with a dot: the files of a mounted ConfigMap are links into its hidden `..data` folder
/// and are found under their own names. What is named or found more than once, a folder or a file, is read once. A named
/// folder without such files is an error, and so is standard input that is named twice.
public struct ManifestSource: Sendable {
    /// The name that means standard input.
    public static let standardInput = "-"

    private static let extensions = [".yaml", ".yml", ".json"]
    /// How deep folders may be nested.
    private static let depthLimit = 64

    private let paths: [String]
    private let limits: ManifestLimits

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - paths: Files, folders or `-`, in the order in which they are to be read.
    ///   - limits: What the reading may cost.
    public init(_ paths: [String], limits: ManifestLimits = ManifestLimits()) {
        self.paths = paths
        self.limits = limits
    }

    /// Reads all files.
    public func files() throws(ManifestError) -> [ManifestFile] {
        var files: [ManifestFile] = []
        var total = 0
        for name in try names() {
            let file = try self.file(named: name)
            total += file.bytes.count
            guard total <= limits.totalBytes else {
                let reason = "the files have more than \(limits.totalBytes) bytes together; give fewer at once"
                throw ManifestError(code: .tooLarge, reason: reason, location: ManifestLocation(file: name))
            }
            files.append(file)
        }
        return files
    }

    /// Reads the documents of all files.
    public func documents() throws(ManifestError) -> [ManifestDocument] {
        try files().flatMap(\.documents)
    }

    /// Reads one of the files that `names()` has found.
    public func file(named name: String) throws(ManifestError) -> ManifestFile {
        try ManifestFile(try bytes(named: name), name: name, limits: limits)
    }

    /// Reads the text of one of the files that `names()` has found, whatever it says.
    public func bytes(named name: String) throws(ManifestError) -> [UInt8] {
        try FileSystem.read(name, isStandardInput: name == Self.standardInput, limit: limits.fileBytes)
    }

    /// The names of the files, folders opened up, so that a caller can read one after the other.
    public func names() throws(ManifestError) -> [String] {
        var names: [String] = []
        var seen: Set<FileIdentity> = []
        for path in paths {
            guard path != Self.standardInput else {
                guard !names.contains(path) else {
                    let reason = "standard input is named twice, but can be read only once"
                    throw ManifestError(code: .unreadable, reason: reason, location: ManifestLocation(file: path))
                }
                names.append(path)
                continue
            }
            let found = try FileSystem.entry(path)
            guard seen.insert(found.identity).inserted else { continue }
            guard found.isFolder else {
                names.append(path)
                continue
            }
            guard try list(path, into: &names, seen: &seen) else { throw Self.noFiles(path) }
        }
        return names
    }

    /// Adds the files below a folder; whether there are any, known ones included.
    private func list(
        _ root: String,
        into names: inout [String],
        seen: inout Set<FileIdentity>
    ) throws(ManifestError) -> Bool {
        var hasFiles = false
        var pending: [(path: String, depth: Int)] = try entries(root).map { ($0, 1) }
        while let (path, depth) = pending.popLast() {
            let found = try FileSystem.entry(path)
            guard found.isFolder else {
                guard Self.extensions.contains(where: path.hasSuffix) else { continue }
                try FileSystem.requireFile(path)
                hasFiles = true
                guard seen.insert(found.identity).inserted else { continue }
                guard names.count < limits.files else {
                    let reason = "there are more than \(limits.files) files; give fewer at once"
                    throw ManifestError(code: .tooManyFiles, reason: reason, location: ManifestLocation(file: root))
                }
                names.append(path)
                continue
            }
            guard seen.insert(found.identity).inserted else { continue }
            guard depth < Self.depthLimit else {
                let reason = "folders are nested more than \(Self.depthLimit) levels deep"
                throw ManifestError(code: .tooDeep, reason: reason, location: ManifestLocation(file: path))
            }
            pending += try entries(path).map { ($0, depth + 1) }
        }
        return hasFiles
    }

    private static func noFiles(_ folder: String) -> ManifestError {
        let reason = "the folder has no \(extensions.joined(separator: ", ")) file; name another one"
        return ManifestError(code: .notFound, reason: reason, location: ManifestLocation(file: folder))
    }

    /// The paths of a folder's visible entries, last name first, so that the first one is taken from the stack first.
    private func entries(_ folder: String) throws(ManifestError) -> [String] {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        let visible = try FileSystem.entries(folder, limit: limits.files).filter { !$0.hasPrefix(".") }
        return visible.sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) }.map { prefix + $0 }
    }
}
