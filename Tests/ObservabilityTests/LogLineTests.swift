import Foundation
import Logging
import Testing

@testable import Observability

@Suite("Log lines")
struct LogLineTests {
    private func line(
        _ message: Logger.Message,
        _ metadata: Logger.Metadata = [:],
        format: LogFormat = .json
    ) -> String {
        var line = LogLine(
            message.description,
            level: .warning,
            label: "web",
            time: "2024-02-29T12:34:56.789Z",
            format: format
        )
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { line.add(key, value) }
        return String(decoding: line.finish(), as: UTF8.self)
    }

    @Test("a JSON line has time, level, logger, message and the fields in order")
    func json() {
        let fields = #""time":"2024-02-29T12:34:56.789Z","level":"warning","logger":"web","msg":"m","a":"1","b":"2""#
        #expect(line("m", ["b": "2", "a": "1"]) == "{\(fields)}\n")
    }

    @Test("a text line has the same for people")
    func text() {
        #expect(
            line("it broke", ["b": "two words", "a": "1", "c": ""], format: .text)
                == "2024-02-29T12:34:56.789Z WARNING it broke a=1 b=\"two words\" c=\"\"\n"
        )
    }

    @Test(
        "whatever is logged, a line is one line of valid JSON without control characters",
        arguments: [
            "a\nb", "a\r\nb", "\u{1b}[31m", "\0", "\u{7f}", "\u{85}", "\u{2028}", "\u{202e}x", "\"", "\\", "é😀",
        ]
    )
    func escapes(hostile: String) throws {
        let line = line("\(hostile)", ["k\(hostile)": "\(hostile)"])
        #expect(line.unicodeScalars.filter { $0.value < 0x20 }.count == 1)
        #expect(line.unicodeScalars.allSatisfy { !(0x7f...0x9f).contains($0.value) && $0.value != 0x202e })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(object["msg"] == hostile)
        #expect(object["k\(hostile)"] == hostile)
        let text = self.line("\(hostile)", ["k": "\(hostile)"], format: .text)
        #expect(text.unicodeScalars.filter { $0.value < 0x20 }.count == 1)
    }

    @Test("a field cannot pose as one of the line's own")
    func ownKeys() throws {
        let line = line("m", ["level": "debug", "msg": "n"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(object["level"] == "warning")
        #expect(object["_level"] == "debug")
        #expect(object["msg"] == "m")
    }

    @Test("a field may be called error, unless the event carries one")
    func errorField() {
        #expect(line("m", ["error": "e"]).contains(#""error":"e""#))
    }

    @Test("structured values stay structured")
    func structured() {
        #expect(line("m", ["a": ["1", ["k": "v"]]]).hasSuffix(#""a":["1",{"k":"v"}]}"# + "\n"))
    }

    @Test("long values and long lines are cut, and stay valid JSON")
    func caps() throws {
        let long = String(repeating: "\u{1}é", count: 100_000)
        var metadata: Logger.Metadata = [:]
        for number in 0..<1_000 {
            metadata["k\(number)"] = "\(long)"
        }
        metadata["a"] = .array(Array(repeating: "\(long)", count: 1_000))
        let line = line("\(long)", metadata)
        #expect(line.utf8.count < LogLine.lineBytes + 4 * LogLine.textBytes)
        #expect(line.contains("\"truncated\":\"true\""))
        _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
    }

    @Test("the time is RFC 3339 with milliseconds", arguments: [(0, 0, "1970-01-01T00:00:00.000Z")])
    func time(seconds: Int, milliseconds: Int, text: String) {
        #expect(LogTime.format(seconds: seconds, milliseconds: milliseconds) == text)
        #expect(LogTime.format(seconds: 1_709_210_096, milliseconds: 7) == "2024-02-29T12:34:56.007Z")
    }
}
