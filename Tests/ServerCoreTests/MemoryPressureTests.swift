import Testing

@testable import ServerCore

@Suite("Memory pressure")
struct MemoryPressureTests {
    @Test("Memory is short from 90 % on, until it is below 80 %; every change is told once")
    func gap() {
        var pressure = MemoryPressure(limit: 1000)
        let used: [UInt64] = [500, 899, 900, 950, 850, 800, 799, 850, 900]
        var short: [Bool] = []
        var changes: [Bool] = []
        for bytes in used {
            changes.append(pressure.update(used: bytes))
            short.append(pressure.isShort)
        }
        #expect(short == [false, false, true, true, true, true, false, false, true])
        #expect(changes == [false, false, true, false, false, false, true, false, true])
    }

    @Test(
        "Files that were read long ago do not count",
        arguments: [
            ("anon 5\ninactive_file 300\nactive_file 7\n", 700),
            ("total_inactive_file 300\n", 1000),
            ("inactive_file 3000\n", 0),
            ("inactive_file x\n", 1000),
            ("", 1000),
        ]
    )
    func cache(_ statistics: String, _ expected: UInt64) {
        #expect(MemoryUsage.workingSet(used: 1000, statistics: statistics, line: "inactive_file ") == expected)
    }
}
