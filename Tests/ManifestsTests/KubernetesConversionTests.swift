import JSON
import Manifests
import Testing

@Suite("The conversion of YAML to JSON equals kubectl's")
struct KubernetesConversionTests {
    /// One line of the table.
    struct Row: Sendable, CustomTestStringConvertible {
        let yaml: String
        /// Nil when kubectl refuses the text.
        let json: JSONValue?

        var testDescription: String { yaml }
    }

    static let rows: [Row] = KubectlValueTable.lines.split(separator: "\n").compactMap { line in
        guard let row = try? JSONParser.parse(Array(line.utf8)), let yaml = row[0]?.string else { return nil }
        return Row(yaml: yaml, json: row[1])
    }

    private func value(_ yaml: String) throws -> JSONValue? {
        let text = "apiVersion: example.dev/v1\nkind: Foo\nmetadata:\n  name: x\nv: " + yaml + "\n"
        return try ManifestReader.documents(in: Array(text.utf8)).first?.value["v"]
    }

    @Test("The table is whole")
    func tableIsWhole() {
        #expect(Self.rows.count == KubectlValueTable.lines.split(separator: "\n").count)
        #expect(Self.rows.count > 300)
    }

    @Test("A value becomes what kubectl makes of it, or is refused as kubectl refuses it", arguments: rows)
    func equalsKubectl(row: Row) throws {
        guard let expected = row.json else {
            #expect(throws: ManifestError.self) { try value(row.yaml) }
            return
        }
        let actual = try value(row.yaml)
        if let number = expected.number {
            #expect(actual?.number?.double == number.double)
        } else {
            #expect(actual == expected)
        }
    }

    @Test(
        "A number beyond 64 bits keeps its digits, where kubectl rounds it",
        arguments: [
            "9223372036854775808", "18446744073709551616", "123456789012345678901234567890", "-9223372036854775809",
        ]
    )
    func bigNumbersKeepTheirDigits(text: String) throws {
        #expect(try value(text)?.number?.lexeme == text)
    }

    @Test("A number in another base that only fits unsigned becomes decimal")
    func unsignedNumber() throws {
        #expect(try value("0xFFFFFFFFFFFFFFFF")?.number?.lexeme == "18446744073709551615")
    }

    @Test("A spelling that JSON allows is kept", arguments: ["1.0", "1e3", "1E+3", "0.10", "-0", "100"])
    func spellingIsKept(text: String) throws {
        #expect(try value(text)?.number?.lexeme == text)
    }

    @Test(
        "Another spelling becomes what Go prints",
        arguments: zip(
            ["1.", ".5", "+1.5", "1_000.5", "+1e21", "+1e20", "+1e-7", "+.000001", "017", "0b101"],
            ["1", "0.5", "1.5", "1000.5", "1e+21", "100000000000000000000", "1e-7", "0.000001", "15", "5"]
        )
    )
    func otherSpellings(text: String, printed: String) throws {
        #expect(try value(text)?.number?.lexeme == printed)
    }

    @Test(
        "A tag that kubectl ignores is refused",
        arguments: ["!foo bar", "!!foo bar", "!!set {a, b}", "!!str {a: 1}"]
    )
    func unknownTagsAreRefused(text: String) {
        #expect { try value(text) } throws: { ($0 as? ManifestError)?.code == .unsupportedTag }
    }

    @Test(
        "A key that kubectl overwrites in silence is refused",
        arguments: [
            "{a: 1, a: 2}", "{1: a, \"1\": b}", "{&k key: v, *k : w}",
        ]
    )
    func duplicateKeysAreRefused(text: String) {
        #expect { try value(text) } throws: { ($0 as? ManifestError)?.code == .duplicateKey }
    }
}
