import Injection

/// A volume that several containers of a pod mount.
struct SharedVolume {
    /// Its name.
    let name: String
    /// The places in the start order of the containers that mount it, at least two.
    let users: [Int]

    /// The volumes of a pod that at least two containers mount, in the order in which they are first mounted.
    static func all(in pod: PodSummary) -> [SharedVolume] {
        var names: [String] = []
        var users: [String: [Int]] = [:]
        for (index, step) in pod.startOrder.enumerated() {
            for volume in step.volumes {
                if users[volume] == nil { names.append(volume) }
                users[volume, default: []].append(index)
            }
        }
        return names.compactMap { name in
            guard let users = users[name], users.count > 1 else { return nil }
            return SharedVolume(name: name, users: users)
        }
    }
}
