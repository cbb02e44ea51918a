import Testing

@testable import ServerHTTP

@Suite("ByteBudget")
struct ByteBudgetTests {
    static let mebibyte = 1024 * 1024

    @Test(
        "the default is an eighth of the memory, at most 128 MiB, at least one body",
        arguments: [
            (nil, 128), (UInt64(256) * 1024 * 1024, 32), (UInt64(64) * 1024 * 1024, 32),
            (UInt64(512) * 1024 * 1024, 64), (UInt64.max, 128),
        ] as [(UInt64?, Int)]
    )
    func size(memory: UInt64?, mebibytes: Int) {
        #expect(ByteBudget(bodyBytes: 32 * Self.mebibyte, memoryLimit: memory).limit == mebibytes * Self.mebibyte)
    }

    @Test(
        "the default limit of a body falls with the memory",
        arguments: [(nil, 32), (256, 32), (128, 16), (4, 1)] as [(UInt64?, Int)]
    )
    func body(memory: UInt64?, mebibytes: Int) {
        let limit = HTTPServerLimits.bodyBytes(memoryLimit: memory.map { $0 * 1024 * 1024 })
        #expect(limit == mebibytes * Self.mebibyte)
    }

    @Test("bytes are taken whole or not at all")
    func takes() {
        let budget = ByteBudget(limit: 10)
        #expect(budget.take(6))
        #expect(!budget.take(5))
        #expect(budget.inFlight == 6)
        #expect(budget.take(4))
        budget.give(10)
        #expect(budget.inFlight == 0)
    }
}
