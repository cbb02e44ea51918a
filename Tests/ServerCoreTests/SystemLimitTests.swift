import Testing

@testable import ServerCore

@Suite("Limits of the system")
struct SystemLimitTests {
    @Test(
        "the memory limit is a number, and no limit is none",
        arguments: [
            ("268435456\n", 268_435_456), ("max\n", nil), ("", nil), ("9223372036854771712\n", nil), ("12x", nil),
        ] as [(String, UInt64?)]
    )
    func memory(text: String, limit: UInt64?) {
        #expect(MemoryLimit.parse(text) == limit)
    }

    @Test("the groups around the process count, in both versions")
    func groups() {
        func paths(_ text: String) -> [String] {
            ControlGroup.all(of: "memory", in: text).map { "\($0.isVersion2 ? 2 : 1) \($0.path)" }
        }
        let root = ["2 /sys/fs/cgroup", "1 /sys/fs/cgroup/memory"]
        #expect(paths("0::/\n") == root)
        #expect(paths("garbage\n\n4:cpu:/a\n") == root)
        let expected = [
            "1 /sys/fs/cgroup/memory/pods/a", "1 /sys/fs/cgroup/memory/pods",
            "2 /sys/fs/cgroup/system.slice/x.service", "2 /sys/fs/cgroup/system.slice",
        ]
        #expect(paths("5:cpu,memory:/pods/a\n0::/system.slice/x.service\n") == root + expected)
    }

    @Test("raising the descriptor limit gives a limit, and the same one the second time")
    func descriptors() throws {
        let first = try #require(FileDescriptorLimit.raise())
        #expect(first > 0)
        #expect(FileDescriptorLimit.raise() == first)
    }

    @Test("the allocator takes the size from which blocks are mapped by themselves", .needsSystemHeap)
    func largeBlocks() {
        #expect(LargeBlocks.keepApart())
    }
}
