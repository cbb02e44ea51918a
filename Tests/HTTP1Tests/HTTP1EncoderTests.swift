import HTTP1
import Testing

@Suite("HTTP/1 encoder")
struct HTTP1EncoderTests {
    @Test(
        "A chunk line is the size in hexadecimal",
        arguments: [
            (1, "1\r\n"), (15, "f\r\n"), (16, "10\r\n"), (0xABCDEF, "abcdef\r\n"),
        ]
    )
    func chunkLine(_ count: Int, _ expected: String) {
        let (word, length) = HTTP1Encoder.chunkLine(count)
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
}
