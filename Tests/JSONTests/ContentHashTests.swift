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

    @Test("the hash is that of FNV-1a")
    func vector() throws {
        // echo -n null | fnv1a64
        #expect(try hash("null").utf8.count == 16)
        #expect(try hash("null") == reference("null"))
        #expect(try hash("\"\"") == reference("\"\""))
    }

    private func reference(_ text: String) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
