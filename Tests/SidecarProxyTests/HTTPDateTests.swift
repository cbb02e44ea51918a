import Testing

@testable import SidecarProxy

@Suite("HTTP date")
struct HTTPDateTests {
    @Test(
        "A date is written as HTTP writes it",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        ]
    )
    func dates(_ seconds: Int, _ expected: String) {
        #expect(HTTPDate.text(seconds) == expected)
    }
}
