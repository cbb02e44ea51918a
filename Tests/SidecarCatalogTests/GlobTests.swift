@testable import SidecarCatalog
import Testing

@Suite("Glob")
struct GlobTests {
    @Test(
        "a star stands for anything",
        arguments: [
            ("*", ""), ("*", "a"), ("a*", "a"), ("a*", "abc"), ("*c", "abc"), ("a*c", "abbc"), ("*-b-*", "a-b-c"),
            ("a", "a"), ("a*b*c", "a1b2bc"), ("", ""),
        ]
    )
    func matches(_ pattern: String, _ text: String) {
        #expect(Glob(pattern).matches(text))
    }

    @Test(
        "everything else stands for itself",
        arguments: [
            ("a", "ab"), ("a*", "ba"), ("*a", "ab"), ("a*a", "a"), ("a?", "ab"), ("", "a"), ("a.c", "abc"),
            ("*b*b*", "ab"),
        ]
    )
    func refuses(_ pattern: String, _ text: String) {
        #expect(!Glob(pattern).matches(text))
    }
}
