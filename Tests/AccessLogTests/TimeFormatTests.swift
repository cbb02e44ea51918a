import Testing

@testable import AccessLog

@Suite struct TimeFormatTests {
    private func text(_ format: String, _ nanoseconds: Int64) throws -> String {
        var out: [UInt8] = []
        try TimeFormat(Array(format.utf8), at: 0).write(nanoseconds, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test(
        "Specifiers",
        arguments: [
            ("%Y-%m-%dT%H:%M:%S", "2026-11-21T14:03:07"), ("%y %e %j", "26 21 325"), ("%I:%M %p", "02:03 PM"),
            ("%a %A %b %B %h", "Sat Saturday Nov November Nov"), ("%T %D %F %R", "14:03:07 11/21/26 2026-11-21 14:03"),
            ("%s.%3f", "1795269787.250"), ("%f", "250123456"), ("%6f %1f %9f", "250123 2 250123456"),
            ("%E3S %E6S", "07.250 07.250123"), ("%z %Z %%%n%t", "+0000 UTC %\n\t"), ("%u %w", "6 6"),
            ("plain", "plain"),
        ]
    )
    func specifiers(format: String, expected: String) throws {
        #expect(try text(format, 1_795_269_787_250_123_456) == expected)
    }

    @Test(
        "Days of the calendar",
        arguments: [
            (0, "1970-01-01 001 Thu"), (951_782_400, "2000-02-29 060 Tue"), (978_220_800, "2000-12-31 366 Sun"),
            (4_107_542_400, "2100-03-01 060 Mon"), (1_709_164_800, "2024-02-29 060 Thu"),
            (1_709_251_200, "2024-03-01 061 Fri"), (-1, "1969-12-31 365 Wed"),
        ] as [(Int64, String)]
    )
    func days(seconds: Int64, expected: String) throws {
        #expect(try text("%Y-%m-%d %j %a", seconds * 1_000_000_000) == expected)
    }

    @Test("Seconds reach further than nanoseconds, and not beyond a million years")
    func far() throws {
        for (seconds, expected) in [(253_402_300_799, "9999-12-31 23:59:59"), (-62_135_596_800, "0001-01-01 00:00:00")]
        {
            var out: [UInt8] = []
            try TimeFormat(Array("%F %T".utf8), at: 0).write(CivilTime(seconds: seconds), into: &out)
            #expect(String(decoding: out, as: UTF8.self) == expected)
        }
        #expect(CivilTime(seconds: .max).year == 1_001_970 && CivilTime(seconds: .min).year < -990_000)
    }

    @Test("The ends of what nanoseconds reach")
    func ends() throws {
        #expect(try text("%F %T", .max) == "2262-04-11 23:47:16")
        #expect(try text("%F %T.%9f", .min) == "1677-09-21 00:12:43.145224192")
    }
}
