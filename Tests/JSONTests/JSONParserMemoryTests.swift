import CMalloc
import JSON
import Testing

/// What a parse allocates is freed with the value: a server parses for months.
@Suite
struct JSONParserMemoryTests {
    /// Longer than what a string holds inline, so that each name and value is an allocation.
    private static let long = String(repeating: "n", count: 2_000)

    static let texts = [
        #"{"\#(long)": 1, "b": 2}"#,
        #"{"\#(long)": {"b": 2}, "c": ["\#(long)"]}"#,
        #"{"\#(long)": 1, "\#(long)": 2, "\#(long)\n": 3}"#,
        #"[["\#(long)", {"a": "\#(long)\u0041"}]]"#,
        "{" + (0..<40).map { #""\#($0)\#(long)": \#($0)"# }.joined(separator: ", ") + "}",
        #"{"\#(long)": 1, "\#(long)1": "#,
        #"[{"\#(long)": ["\#(long)", 1}"#,
        #"{"a": {"\#(long)": 1, "\#(long)1": tru"#,
    ]

    @Test("A parse leaves no memory behind, whether it succeeds or fails", arguments: texts.indices)
    func freed(index: Int) {
        let bytes = Array(Self.texts[index].utf8)
        func parse(times: Int) {
            for _ in 0..<times { _ = try? JSONParser.parse(bytes) }
        }
        parse(times: 10)
        let before = CMalloc_allocated_bytes()
        parse(times: 1_000)
        let after = CMalloc_allocated_bytes()
        // One string lost a parse would be two megabytes; other tests may allocate meanwhile.
        #expect(after < before + 1_000_000)
    }
}
