import JSON
import Testing

@Suite("ContentHash")
struct ContentHashTests {
    private func hash(_ text: String) throws -> String {
        ContentHash(of: try JSONParser.parse(Array(text.utf8))).description
    }

    @Test("the order of members does not count")
    func order() throws {
        #expect(try hash(#"{"a":1,"b":[{"c":2,"d":3}]}"#) == hash(#"{"b":[{"d":3,"c":2}],"a":1}"#))
    }

    @Test("documents that differ have different hashes")
    func differences() throws {
        let texts = [
            "null", "true", "false", "0", "1", "1.0", "\"1\"", "[]", "{}", "[[]]", "[{}]", "[1,2]", "[2,1]", "[12]",
            #"{"a":1}"#, #"{"a":"1"}"#,
            #"["a","b"]"#, #"["a,b"]"#, #"["a\",\"b"]"#, #"["a\\"]"#, #""""#, #"[""]"#, #"["",""]"#, #"{"a":{"b":1}}"#,
            #"{"a":[["b",1]]}"#,
        ]
        #expect(try Set(texts.map(hash)).count == texts.count)
    }

    @Test("the hash is the same in every run and on every machine")
    func vectors() throws {
        #expect(try hash("null") == "38f94c439ac36242")
        #expect(try hash(#"{"a":"0123456789"}"#) == "669f9e7c486a9b59")
    }
}
