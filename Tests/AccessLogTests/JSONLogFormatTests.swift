import AccessLog
import JSON
import Testing

@Suite struct JSONLogFormatTests {
    @Test("Values keep their kinds, members their order")
    func kinds() throws {
        let format = try TestFormat(json: [
            "code": "%RESPONSE_CODE%", "host": "%UPSTREAM_HOST%", "ms": "%DURATION%", "none": "%TRACE_ID%",
            "both": "%PROTOCOL% %RESPONSE_CODE%", "fixed": 5, "yes": true, "null": nil, "word": "x",
            "flags": "%RESPONSE_FLAGS%", "port": "%DOWNSTREAM_LOCAL_PORT%",
        ])
        #expect(
            format.line() == #"{"code":503,"host":"10.0.0.9:8080","ms":17,"none":null,"both":"HTTP/1.1 503","#
                + #""fixed":5,"yes":true,"null":null,"word":"x","flags":"-","port":15006}"# + "\n"
        )
    }

    @Test("Objects and arrays inside of objects")
    func nesting() throws {
        let format = try TestFormat(json: ["a": ["b": ["%RESPONSE_CODE%", ["c": "%PROTOCOL%"]]], "d": []])
        #expect(format.line() == #"{"a":{"b":[503,{"c":"HTTP/1.1"}]},"d":[]}"# + "\n")
    }

    @Test("Empty members may be left out, wherever they stand")
    func omission() throws {
        let json: JSONValue = [
            "a": "%TRACE_ID%", "b": "%PROTOCOL%", "c": "%TRACE_ID%", "d": ["e": "%TRACE_ID%"], "f": "<%TRACE_ID%>",
            "g": ["%TRACE_ID%"], "h": "%DURATION%", "i": "%TRACE_ID%",
        ]
        let format = try TestFormat(json: json, omitsEmpty: true)
        #expect(format.line() == #"{"b":"HTTP/1.1","d":{},"f":"<>","g":[null],"h":17}"# + "\n")
    }

    @Test("Istio's keys, one line that is JSON")
    func istio() throws {
        let format = try TestFormat(json: LogFormat.istioJSON)
        let line = format.line(.full(), [":method": "GET", ":authority": "a\"b\\\n\u{1}é"])
        let value = try JSONParser.parse(Array(line.utf8))
        #expect(value["method"] == "GET")
        #expect(value["authority"] == "a\"b\\\n\u{1}é")
        #expect(value.object?.count == 24)
        #expect(line.utf8.count { $0 == 0x0A } == 1)
    }

    @Test(
        "Bytes that are no UTF-8 become the replacement character",
        arguments: [
            [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        ] as [[UInt8]]
    )
    func malformed(bytes: [UInt8]) throws {
        let format = try TestFormat(json: ["a": "%REQ(A)%"])
        var record = LogRecord()
        format.fields.capture(.request, name: Array("a".utf8).span, value: (bytes + [0x41]).span, into: &record)
        let value = try JSONParser.parse(Array(format.line(record).utf8))
        let text = try #require(value["a"]?.string)
        #expect(text.hasSuffix("\u{FFFD}A") && text.unicodeScalars.count <= bytes.count + 1)
    }

    @Test(
        "A format of time is escaped like everything else",
        arguments: [
            ("%START_TIME(%Y\"%m)%", "2026\"11"), ("%START_TIME(%Y\\%m%n)% %PROTOCOL%", "2026\\11\n HTTP/1.1"),
            ("%START_TIME(%Y\u{1}%t)%", "2026\u{1}\t"), ("%START_TIME(%H Uhr für %d)%", "14 Uhr für 21"),
        ]
    )
    func times(operators: String, expected: String) throws {
        let line = try TestFormat(json: ["a": .string(operators)]).line()
        #expect(try JSONParser.parse(Array(line.utf8))["a"] == .string(expected))
    }

    @Test("Every random value gives valid JSON")
    func random() throws {
        let format = try TestFormat(json: ["a": "%REQ(A)%", "b": "x%REQ(A):5%y"])
        var state: UInt64 = 42
        for _ in 0..<300 {
            let bytes = (0..<12).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 40)
            }
            var record = LogRecord()
            format.fields.capture(.request, name: Array("a".utf8).span, value: bytes.span, into: &record)
            #expect(throws: Never.self) { try JSONParser.parse(Array(format.line(record).utf8)) }
        }
    }
}
