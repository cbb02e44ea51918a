import ServerCore
import Testing

@Suite("ConnectionLimits")
struct ConnectionLimitsTests {
    @Test(
        "The default number falls with the memory",
        arguments: [
            (nil, 10_000), (UInt64(4) << 20, 64), (UInt64(64) << 20, 512), (UInt64(256) << 20, 2_048),
            (UInt64(8) << 30, 10_000), (UInt64.max, 10_000),
        ] as [(UInt64?, Int)]
    )
    func total(memory: UInt64?, connections: Int) {
        #expect(ConnectionLimits.total(memoryLimit: memory) == connections)
    }
}
