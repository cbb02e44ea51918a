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

    @Test("raising the descriptor limit gives a limit, and the same one the second time")
    func descriptors() throws {
        let first = try #require(FileDescriptorLimit.raise())
        #expect(first > 0)
        #expect(FileDescriptorLimit.raise() == first)
    }

    @Test("the allocator takes the size from which blocks are mapped by themselves")
    func largeBlocks() {
        #expect(LargeBlocks.keepApart())
    }
}
