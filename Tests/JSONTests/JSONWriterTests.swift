import JSON
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
    @Test(
        "every ASCII character and some others survive, escaped where they must be",
        arguments: [0, 1, 7, 4_095, 9_000]
    )
    func escapes(padding: Int) throws {
        let ascii = String((0..<128).compactMap { Unicode.Scalar($0).map(Character.init) })
        let text =
            String(repeating: "x", count: padding) + ascii + "é\u{2028}😀" + String(repeating: "\"", count: padding)
        let written = JSONWriter.compact(.string(text))
        #expect(try JSONParser.parse(written) == .string(text))
        #expect(written.allSatisfy { $0 >= 0x20 })
        #expect(String(decoding: JSONWriter.compact("\u{1}\u{1f}\t\"\\/"), as: UTF8.self) == #""\u0001\u001f\t\"\\/""#)
    }
}
