import Injection
import JSON
import Testing

@testable import Inspection

@Suite("Shared volumes")
struct SharedVolumeTests {
    private func pod(_ mounts: [[String]]) -> PodSummary {
        let containers = mounts.enumerated().map { index, names -> JSONValue in
            let list = names.map { name -> JSONValue in ["name": .string(name), "mountPath": .string("/\(name)")] }
            return ["name": .string("c\(index)"), "volumeMounts": .array(list)]
        }
        return PodSummary(["spec": ["containers": .array(containers)]])
    }

    @Test("volumes that one container mounts are nobody's lane")
    func shared() {
        let volumes = SharedVolume.all(in: pod([["a", "b"], ["a", "a"], ["c"]]))
        #expect(volumes.map(\.name) == ["a"])
        #expect(volumes.map(\.users) == [[0, 1]])
    }

    @Test("two volumes share a lane where they do not overlap")
    func lanes() {
        let (lanes, hidden) = VolumeLane.lanes(
            of: pod([["a"], ["a", "b"], ["b", "c"], ["c", "d"], ["d"]]),
            old: nil
        )
        #expect(lanes.map(\.lane) == [0, 1, 0, 1])
        #expect(Set(lanes.map(\.colour)).count == 4)
        #expect(hidden == 0)
    }

    @Test("a volume keeps its colour, and new ones come first where there are too many")
    func colours() {
        let names = (0..<PictureStyle.laneCount).map { "v\($0)" }
        let old = pod([names, names])
        let (before, _) = VolumeLane.lanes(of: old, old: nil)
        let (after, hidden) = VolumeLane.lanes(of: pod([["new"] + names, names + ["new"]]), old: old)
        #expect(hidden == 1)
        #expect(after.map(\.volume.name).contains("new"))
        #expect(Set(after.map(\.colour)).count == PictureStyle.laneCount)
        for lane in after {
            guard let earlier = before.first(where: { $0.volume.name == lane.volume.name }) else { continue }
            #expect(lane.colour == earlier.colour)
        }
    }
}
