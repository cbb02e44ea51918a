import JSON
import Testing

@Suite("JSONPatch")
struct JSONPatchTests {
    @Test("a patch that fails leaves the document as it was")
    func atomicity() throws {
        let document: JSONValue = ["a": [1, 2]]
        let patch = JSONPatch([
            .add(path: JSONPointer(["a", "-"]), value: 3), .remove(path: JSONPointer(["b"])),
        ])
        let error = #expect(throws: JSONPatchError.self) { try patch.applied(to: document) }
        #expect(error?.operation == 1)
        #expect(document == ["a": [1, 2]])
    }

    @Test(
        "indices follow RFC 6901: no leading zero, no sign, no blank",
        arguments: ["00", "01", "-1", "+0", "1 ", "", "4", "99999999999999999999", "٣"]
    )
    func indices(_ token: String) {
        let patch = JSONPatch([.add(path: JSONPointer(["a", token]), value: 0)])
        #expect(throws: JSONPatchError.self) { try patch.applied(to: ["a": [1, 2, 3]]) }
    }

    @Test("the JSON form reads back to the same patch")
    func json() throws {
        let patch = JSONPatch([
            .add(path: JSONPointer(["a/b", "~c", "-"]), value: ["x": nil]), .remove(path: JSONPointer(["a"])),
            .replace(path: JSONPointer(), value: 1), .move(from: JSONPointer(["a"]), path: JSONPointer(["b"])),
            .copy(from: JSONPointer(["a"]), path: JSONPointer(["b"])), .test(path: JSONPointer(["a"]), value: true),
        ])
        #expect(try JSONPatch(json: patch.json) == patch)
        #expect(patch.json[0]?["path"] == "/a~1b/~0c/-")
    }
}

@Suite("JSONPointer")
struct JSONPointerTests {
    @Test("tokens are escaped, tilde before slash")
    func escaping() {
        #expect(JSONPointer(["a/b", "m~n", "~1"]).description == "/a~1b/m~0n/~01")
        #expect(JSONPointer(parsing: "/a~1b/m~0n/~01")?.tokens == ["a/b", "m~n", "~1"])
    }

    @Test("what is no pointer is refused", arguments: ["a", "/~", "/~2", "/a~"])
    func refusals(_ text: String) {
        #expect(JSONPointer(parsing: text) == nil)
    }

    @Test("the empty pointer is the document and '/' is the member with the empty name")
    func empty() {
        let value: JSONValue = ["": 1]
        #expect(value[JSONPointer()] == value)
        #expect(JSONPointer(parsing: "/").flatMap { value[$0] } == 1)
    }
}

@Suite("JSONNumber")
struct JSONNumberTests {
    @Test(
        "what RFC 8259 does not allow is refused",
        arguments: ["", "-", "01", "1.", ".5", "1e", "1e+", "0x1", "+1", "1 ", "NaN"]
    )
    func refusals(_ lexeme: String) {
        #expect(JSONNumber(lexeme) == nil)
    }

    @Test("integers compare by value beyond what a double can hold")
    func largeIntegers() throws {
        #expect(try #require(JSONNumber("9007199254740993")) != #require(JSONNumber("9007199254740992")))
        #expect(try #require(JSONNumber("1.0")) == #require(JSONNumber("1")))
        #expect(try #require(JSONNumber("1e2")) == #require(JSONNumber("100")))
    }
}
