import Fixtures
import JSON
import Testing

@Suite("JSONParser")
struct JSONParserTests {
    @Test("numbers keep their spelling", arguments: ["0", "-0", "1e3", "1.0", "9007199254740993", "-1.5E-7"])
    func spelling(_ text: String) throws {
        #expect(try JSONParser.parse(Array(text.utf8)).compactText == text)
    }

    @Test("members keep their order")
    func order() throws {
        let text = #"{"z":1,"a":2,"m":{"y":[],"b":{}}}"#
        #expect(try JSONParser.parse(Array(text.utf8)).compactText == text)
    }

    @Test("of equal keys the last wins, in the place of the first, and is counted")
    func duplicates() throws {
        let result = try JSONParser.parseReporting(Array(#"{"a":1,"b":2,"a":3}"#.utf8))
        #expect(result.value.compactText == #"{"a":3,"b":2}"#)
        #expect(result.duplicateKeys == 1)
    }

    @Test("duplicates are found among many members as among few")
    func manyDuplicates() throws {
        let members = (0..<1000).map { "\"k\($0 % 500)\":\($0)" }.joined(separator: ",")
        let result = try JSONParser.parseReporting(Array("{\(members)}".utf8))
        #expect(result.duplicateKeys == 500)
        #expect(result.value.object?.count == 500)
        #expect(result.value["k499"]?.integer == 999)
    }

    @Test("keys that differ only by Unicode normalisation are two keys")
    func normalisation() throws {
        let result = try JSONParser.parseReporting(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
        #expect(result.duplicateKeys == 0)
        #expect(result.value.object?.count == 2)
    }

    @Test("names that are many spellings of one text cost no more than others", .timeLimit(.minutes(1)))
    func spellings() throws {
        // Compared one with another, they would take a quarter of an hour.
        let names = (0..<30_000).map { number in
            (0..<15).map { number >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined()
        }
        let text = names.map { "\"\($0)\":0" }.joined(separator: ",")
        let result = try JSONParser.parseReporting(Array("{\(text),\(text)}".utf8))
        #expect(result.duplicateKeys == names.count)
        let object = try #require(result.value.object)
        #expect(object.map(\.key).elementsEqual(names) { Array($0.utf8) == Array($1.utf8) })
        #expect(result.value == .object(JSONObject(unique: object.members.reversed())))
    }

    @Test(
        "combining characters in a row are limited where a string is kept",
        arguments: ["\u{301}", #"\u0316"#, "\u{302A}"]
    )
    func marks(_ mark: String) throws {
        func parse(_ count: Int, omitting omitted: JSONOmission = .none) throws {
            let text = "{\"a\":\"e\(String(repeating: mark, count: count))e\(String(repeating: mark, count: 3))\"}"
            _ = try JSONParser.parseReporting(Array(text.utf8), marksLimit: 5, omitting: omitted)
        }
        try parse(5)
        let error = #expect(throws: JSONError.self) { try parse(6) }
        #expect(error?.code == .tooManyMarks)
        try parse(6, omitting: JSONOmission([JSONPointer(["a"])]))
    }

    @Test("the number of values is limited, containers and the values of members included")
    func values() throws {
        for text in ["[1,2,3]", "[[],{},[]]", "{\"a\":1,\"b\":[2]}", "[[[1]]]"] {
            let bytes = Array(text.utf8)
            _ = try JSONParser.parseReporting(bytes, valueLimit: 4)
            #expect(throws: JSONError(code: .tooManyValues, reason: "", offset: bytes.count)) {
                _ = try JSONParser.parseReporting(bytes, valueLimit: 3)
            }
        }
    }

    @Test("a document with too many values is refused before it is read to its end")
    func valuesEarly() {
        let bytes = Array(("[" + String(repeating: "[],", count: 10_000)).utf8)
        #expect(throws: JSONError(code: .tooManyValues, reason: "", offset: 304)) {
            _ = try JSONParser.parseReporting(bytes, valueLimit: 100)
        }
    }

    @Test("nesting is limited, whatever opens it", arguments: ["[", "{\"a\":"])
    func nesting(_ opening: String) throws {
        let deep = Array(String(repeating: opening, count: 513).utf8)
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(deep) }
        #expect(error?.code == .tooDeep)
        let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(throws: Never.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(
        "errors name what is wrong and where",
        arguments: [
            ("", JSONError.Code.unexpectedEnd, 0), ("[1,]", .unexpectedByte, 3), ("{\"a\" 1}", .unexpectedByte, 5),
            ("01", .trailingBytes, 1), ("-", .invalidNumber, 1), ("\"\\x\"", .invalidEscape, 2),
            ("\"\n\"", .controlCharacter, 1),
            ("1 2", .trailingBytes, 2), ("nul", .unexpectedEnd, 3), ("\"\\ud8", .unexpectedEnd, 5),
        ]
    )
    func errors(_ text: String, _ code: JSONError.Code, _ offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
        #expect(error == JSONError(code: code, reason: "", offset: offset))
    }

    @Test("surrogate pairs combine and lone surrogates become U+FFFD")
    func surrogates() throws {
        #expect(try JSONParser.parse(Array(#""\ud83d\ude00""#.utf8)) == "\u{1F600}")
        #expect(try JSONParser.parse(Array(#""\ud83dx\ude00""#.utf8)) == "\u{FFFD}x\u{FFFD}")
        #expect(try JSONParser.parse(Array(#""\ud83d\ud83d\ude00""#.utf8)) == "\u{FFFD}\u{1F600}")
    }

    @Test("a byte order mark before the value is ignored")
    func byteOrderMark() throws {
        #expect(try JSONParser.parse([0xEF, 0xBB, 0xBF] + Array("true".utf8)) == true)
    }

    @Test("every prefix of a document is refused without a trap")
    func prefixes() throws {
        let text = Array(#"{"a":[1.5e+3,"\u00e9\n",null,true,{"b":false}],"é":"😀"}"#.utf8)
        for length in 0..<text.count {
            #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.prefix(length))) }
        }
        #expect(throws: Never.self) { try JSONParser.parse(text) }
    }

    @Test("a string may end, escape or leave ASCII at any place", arguments: ["\"", "\\", "\n", "é", "😀", "~"])
    func stringRuns(_ special: String) throws {
        for length in 0..<40 {
            let string = String(repeating: "x", count: length) + special + String(repeating: "y", count: length % 11)
            let value = JSONValue.array([.string(string), .object([string: 1])])
            #expect(try JSONParser.parse(JSONWriter.compact(value)) == value)
        }
    }

    @Test("bytes that are not UTF-8 are refused wherever they stand in a string")
    func invalidUTF8() {
        for length in 0..<20 {
            let text = Array("\"\(String(repeating: "x", count: length))".utf8) + [0xC3, 0x22]
            let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
            #expect(error?.code == .invalidUTF8)
        }
    }

    @Test("containers within containers keep their own members", arguments: [1, 4, 16, 17, 18, 100])
    func nestedContainers(_ count: Int) throws {
        let inner = (0..<count).map { "\"k\($0)\":[\($0),{\"a\":{\"k0\":[]}},[\($0)]]" }.joined(separator: ",")
        let text = "[{\(inner),\"last\":{\(inner)}},1]"
        let result = try JSONParser.parseReporting(Array(text.utf8))
        #expect(result.value.compactText == text)
        #expect(result.duplicateKeys == 0)
        let again = try JSONParser.parseReporting(Array("{\(inner),\"k0\":true}".utf8))
        #expect(again.duplicateKeys == 1)
        #expect(again.value["k0"] == true)
    }

    @Test("random bytes are answered, and what is accepted writes to an equal value")
    func random() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let alphabet = Array(#"{}[]",:\u0123456789eE+-.truefalsn "#.utf8) + [0x00, 0x1F, 0xC3, 0xA9, 0xFF, 0xED, 0xA0]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            guard let value = try? JSONParser.parse(bytes) else { continue }
            #expect(try JSONParser.parse(JSONWriter.compact(value)) == value, "seed \(seed)")
        }
    }
}
