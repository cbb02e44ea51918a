import Injection

/// A shared volume in a picture: a coloured line beside the containers that mount it.
struct VolumeLane {
    /// The volume.
    let volume: SharedVolume
    /// How far from the containers its line is, in lines.
    let lane: Int
    /// The number of its colour, which is the same in the pictures of the pod before and after.
    let colour: Int

    /// The lines of a pod, and how many shared volumes have none.
    ///
    /// Volumes that are new come first where there are too many. Two volumes share a lane where they do not overlap.
    static func lanes(of pod: PodSummary, old: PodSummary?) -> (lanes: [VolumeLane], hidden: Int) {
        let all = SharedVolume.all(in: pod)
        let known = Set((old?.startOrder ?? []).flatMap(\.volumes))
        let ordered =
            old == nil ? all : all.filter { !known.contains($0.name) } + all.filter { known.contains($0.name) }
        let shown = Set(ordered.prefix(PictureStyle.laneCount).map(\.name))
        let colours = colours(of: all.filter { shown.contains($0.name) }.map(\.name), old: old)
        var ends: [Int] = []
        var lanes: [VolumeLane] = []
        for volume in all where shown.contains(volume.name) {
            guard let first = volume.users.first, let last = volume.users.last else { continue }
            let lane = ends.firstIndex { $0 < first } ?? ends.count
            if lane == ends.count { ends.append(last) } else { ends[lane] = last }
            lanes.append(VolumeLane(volume: volume, lane: lane, colour: colours[volume.name] ?? 0))
        }
        return (lanes, all.count - lanes.count)
    }

    /// The colours of volumes: those that the old pod's picture gives them, else ones that are left.
    private static func colours(of names: [String], old: PodSummary?) -> [String: Int] {
        let earlier = old.map { SharedVolume.all(in: $0).prefix(PictureStyle.laneCount).map(\.name) } ?? []
        var colours: [String: Int] = [:]
        for (colour, name) in earlier.enumerated() where names.contains(name) { colours[name] = colour }
        var free = (0..<PictureStyle.laneCount).filter { !colours.values.contains($0) }[...]
        for name in names where colours[name] == nil { colours[name] = free.popFirst() }
        return colours
    }
}
