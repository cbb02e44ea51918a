import AccessLog
import JSON
import Testing

@Suite struct LogFormatErrorTests {
    @Test(
        "What is no format is refused at its place",
        arguments: [
            ("a %", .malformedOperator, 2), ("%REQ", .malformedOperator, 0), ("%REQ(X", .malformedOperator, 0),
            ("%req(X)%", .malformedOperator, 0), ("%REQ(X):%", .length, 0), ("%REQ(X):1234567%", .length, 0),
            ("%REQ(X)z%", .malformedOperator, 0), ("ab%NO_SUCH%", .unknownOperator, 2), ("%REQ%", .argument, 0),
            ("%REQ()%", .argument, 0), ("%REQ(A?B?C)%", .argument, 0), ("%REQ(A B)%", .argument, 0),
            ("%REQ(A?)%", .argument, 0), ("%DURATION(x)%", .argument, 0), ("%ENVIRONMENT%", .argument, 0),
            ("%GRPC_STATUS(WORDS)%", .argument, 0), ("%START_TIME(%Q)%", .timeFormat, 12),
            ("%DOWNSTREAM_PEER_CERT_V_END(%Q)%", .timeFormat, 28),
            ("x%START_TIME(%Y %)%", .timeFormat, 16),
        ] as [(String, LogFormatError.Code, Int)]
    )
    func refusal(text: String, code: LogFormatError.Code, location: Int) throws {
        let error = try #require(throws: LogFormatError.self) { try TestFormat(text: text) }
        #expect(error.code == code)
        #expect(error.location == location)
        #expect(!error.reason.isEmpty)
    }

    @Test(
        "The nearest operator is named",
        arguments: [
            ("%RESPONSE_CODES%", "%RESPONSE_CODE%"), ("%REQUEST(X)%", "none"), ("%UPSTREAM_HOSTS%", "%UPSTREAM_HOST%"),
            ("%START_TIEM%", "%START_TIME%"), ("%DOWNSTREAM_REMOTE_ADRESS%", "%DOWNSTREAM_REMOTE_ADDRESS%"),
        ]
    )
    func hint(text: String, expected: String) throws {
        let error = try #require(throws: LogFormatError.self) { try TestFormat(text: text) }
        #expect(error.reason.contains("did you mean \(expected)?") == (expected != "none"))
    }

    @Test("In JSON, the keys on the way are named")
    func path() throws {
        let format: JSONValue = ["a": ["b": ["%DURATION%", "%OOPS%"]]]
        let error = try #require(throws: LogFormatError.self) { try TestFormat(json: format) }
        #expect(error.path == ["a", "b", "1"])
    }

    @Test("Deep nesting and too many headers are refused")
    func limits() throws {
        let deep = (0..<20).reduce("x" as JSONValue) { value, _ in .array([value]) }
        #expect(try #require(throws: LogFormatError.self) { try TestFormat(json: deep) }.code == .limit)
        let many = (0..<257).map { "%REQ(x\($0))%" }.joined()
        #expect(try #require(throws: LogFormatError.self) { try TestFormat(text: many) }.code == .limit)
    }
}
