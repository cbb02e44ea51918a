import Glibc

/// Where the limits of the control groups stand that the process is in.
public struct ControlGroup: Sendable, Hashable {
    /// The folder of its files.
    public let path: String
    /// Whether it is of version 2, which has other files.
    public let isVersion2: Bool

    /// The groups around the process that can limit what `controller` is for, each with all around it.
    ///
    /// A container often sees its own group at the root of the mount, where no path leads to, so the root counts too.
    public static func all(of controller: String) -> [ControlGroup] {
        all(of: controller, in: read("/proc/self/cgroup") ?? "")
    }

    /// The groups that the text of `/proc/self/cgroup` names.
    static func all(of controller: String, in text: String) -> [ControlGroup] {
        let roots = [
            ControlGroup(path: "/sys/fs/cgroup", isVersion2: true),
            ControlGroup(path: "/sys/fs/cgroup/\(controller)", isVersion2: false),
        ]
        var groups = roots
        for line in text.split(separator: "\n") {
            // The hierarchy's number, its controllers (none in version 2), and the path.
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let isVersion2 = parts[0] == "0" && parts[1].isEmpty
            guard isVersion2 || parts[1].split(separator: ",").contains(Substring(controller)) else { continue }
            var folders = parts[2].split(separator: "/")
            while !folders.isEmpty {
                let path = roots[isVersion2 ? 0 : 1].path + "/" + folders.joined(separator: "/")
                groups.append(ControlGroup(path: path, isVersion2: isVersion2))
                folders.removeLast()
            }
        }
        return groups
    }

    /// The text of one of its files, up to 4 KiB; nil when there is none.
    public func text(of file: String) -> String? { Self.read("\(path)/\(file)") }

    private static func read(_ path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // Safety: `read` writes at most the capacity it is told and returns how much it wrote.
        return unsafe String(unsafeUninitializedCapacity: 4096) { buffer in
            unsafe max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}
