import Testing

@testable import ServerHTTP

@Suite("DateField")
struct DateFieldTests {
    @Test(
        "an instant is written as an IMF fixed date",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_210_096, "Thu, 29 Feb 2024 12:34:56 GMT"),
        ]
    )
    func format(second: Int, text: String) {
        #expect(DateField.format(second) == text)
    }
}
