import Testing

@testable import Observability

@Suite("Program text")
struct ProgramTextTests {
    @Test("code that is let go is no longer resident, and still runs")
    func release() throws {
        let before = try #require(ProcFile.statusKilobytes("RssFile:"))
        ProgramText.release()
        let after = try #require(ProcFile.statusKilobytes("RssFile:"))
        #expect(after < before)
    }

    @Test(
        "only code that comes from a file and cannot be written is let go",
        arguments: [
            ("55d0c0001000-55d0c0003000 r-xp 00001000 fe:00 1234      /pillion", 0x55d0_c000_1000..<0x55d0_c000_3000),
            ("55d0c0001000-55d0c0003000 r--p 00001000 fe:00 1234      /pillion", nil),
            ("55d0c0001000-55d0c0003000 rwxp 00001000 fe:00 1234      /pillion", nil),
            ("7ffd3a5f6000-7ffd3a5f8000 r-xp 00000000 00:00 0         [vdso]", nil),
            ("7ffd3a5f8000-7ffd3a5f6000 r-xp 00000000 fe:00 1234      /backwards", nil),
            ("ffffffffffffffffff-0 r-xp 00000000 fe:00 1234      /too-long", nil),
            ("", nil),
        ] as [(Substring, Range<UInt>?)]
    )
    func lines(line: Substring, expected: Range<UInt>?) {
        #expect(ProgramText.codeRange(line) == expected)
    }
}
