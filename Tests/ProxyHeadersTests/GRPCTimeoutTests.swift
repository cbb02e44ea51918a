import ProxyHeaders
import Testing

@Suite("grpc-timeout")
struct GRPCTimeoutTests {
    @Test(
        "One to eight digits and a unit are read, shorter units rounded up",
        arguments: [
            ("0m", 0), ("5m", 5), ("00000005S", 5000), ("2M", 120_000), ("3H", 10_800_000),
            ("99999999H", 359_999_996_400_000), ("1u", 1), ("1000u", 1), ("1001u", 2), ("1n", 1), ("1000001n", 2),
            ("0n", 0), ("5  S", 5000), ("", nil), ("S", nil), ("5", nil), ("5s", nil), ("-5S", nil), ("+5S", nil),
            ("123456789m", nil), ("5.5S", nil), ("5S ", nil), (" 5S", nil), ("5SS", nil), ("5 ", nil), ("5\u{FC}", nil),
        ] as [(String, Int?)]
    )
    func reading(text: String, milliseconds: Int?) {
        #expect(GRPCTimeout(Array(text.utf8).span)?.milliseconds == milliseconds)
    }

    @Test(
        "It is written in milliseconds, or in the smallest larger unit of which eight digits suffice",
        arguments: [
            (-1, "0m"), (0, "0m"), (99_999_999, "99999999m"), (100_000_000, "100000S"), (99_999_999_999, "99999999S"),
            (100_000_000_000, "1666666M"), (5_999_999_999_999, "99999999M"), (6_000_000_000_000, "1666666H"),
            (.max, "99999999H"),
        ]
    )
    func writing(milliseconds: Int, text: String) {
        #expect(String(decoding: GRPCTimeout(milliseconds: milliseconds).encoded, as: UTF8.self) == text)
    }
}
