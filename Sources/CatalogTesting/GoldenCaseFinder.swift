/// Finds cases among the names of files.
public struct GoldenCaseFinder: Sendable {
    /// The cases, in the order in which their first files are named.
    public let cases: [GoldenCase]
    /// Folders that look like cases and are none, and why.
    public let broken: [(name: String, reason: String)]

    /// Sorts files into cases.
    ///
    /// - Parameters:
    ///   - files: Paths with `/` between their parts.
    ///   - root: The folder that was searched; names of cases are told below it.
    public init(files: [String], below root: String) {
        var folders: [(path: String, files: [String])] = []
        for file in files {
            let folder = Self.folder(file)
            if let index = folders.firstIndex(where: { $0.path == folder }) {
                folders[index].files.append(file)
            } else {
                folders.append((folder, [file]))
            }
        }
        var cases: [GoldenCase] = []
        var broken: [(name: String, reason: String)] = []
        for folder in folders {
            let name = Self.name(folder.path, below: root)
            let inputs = folder.files.filter { GoldenCase.inputs.contains(Self.stem($0)) }
            let options = folder.files.first { Self.stem($0) == "options" }
            let expected = folder.files.first { Self.stem($0) == "expected" }
            if let input = inputs.first, inputs.count == 1 {
                cases.append(
                    GoldenCase(folder: folder.path, name: name, input: input, options: options, expected: expected)
                )
            } else if inputs.count > 1 {
                broken.append((name, "it has both a pod and a workload; make two cases of them"))
            } else if options != nil || expected != nil {
                broken.append((name, "it has neither pod.yaml nor workload.yaml; add one, or remove the folder"))
            }
        }
        self.cases = cases
        self.broken = broken
    }

    private static func folder(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path without its extension.
    private static func stem(_ path: String) -> String {
        let last = path.split(separator: "/").last ?? ""
        return String(last.prefix { $0 != "." })
    }

    private static func name(_ folder: String, below root: String) -> String {
        let root = root.hasSuffix("/") ? root : root + "/"
        guard folder.hasPrefix(root) else { return folder.split(separator: "/").last.map(String.init) ?? folder }
        return String(folder.dropFirst(root.count))
    }
}
