import Fixtures
import Foundation
import JSON
import Testing

/// The public suites: JSONTestSuite for the parser, json-patch-tests for RFC 6902.
@Suite("Conformance")
struct ConformanceTests {
    @Test("JSONTestSuite: 95 documents are accepted, 188 refused, the rest answered without a crash")
    func parsing() throws {
        guard let folder = Suites.folder("JSONTestSuite/test_parsing") else { return }
        var (accepted, refused) = (0, 0)
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let name = file.lastPathComponent
            let parses = (try? JSONParser.parse([UInt8](try Data(contentsOf: file)))) != nil
            switch name.prefix(2) {
            case "y_":
                accepted += 1
                #expect(parses, "\(name) is refused")
            case "n_":
                refused += 1
                #expect(!parses, "\(name) is accepted")
            default:
                break
            }
        }
        #expect(accepted == 95)
        #expect(refused == 188)
    }

    @Test("Every accepted document of JSONTestSuite survives being written and parsed again")
    func roundTrip() throws {
        guard let folder = Suites.folder("JSONTestSuite/test_parsing") else { return }
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            guard let value = try? JSONParser.parse([UInt8](try Data(contentsOf: file))) else { continue }
            #expect(try JSONParser.parse(JSONWriter.compact(value)) == value)
            #expect(try JSONParser.parse(JSONWriter.pretty(value)) == value)
        }
    }

    @Test("json-patch-tests: all cases that are not disabled", arguments: ["tests.json", "spec_tests.json"])
    func patch(file: String) throws {
        guard let folder = Suites.folder("json-patch-tests") else { return }
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(file)))
        let cases = try #require(try JSONParser.parse(bytes).array)
        var ran = 0
        for (index, test) in cases.enumerated() where test["disabled"]?.bool != true {
            guard let document = test["doc"], let operations = test["patch"] else { continue }
            ran += 1
            let result = Result { try JSONPatch(json: operations).applied(to: document) }
            let name = "\(file) \(index): \(test["comment"]?.string ?? "")"
            if let expected = test["expected"] {
                #expect((try? result.get()) == expected, "\(name)")
            } else if test["error"] != nil {
                #expect((try? result.get()) == nil, "\(name)")
            } else {
                #expect((try? result.get()) != nil, "\(name)")
            }
        }
        print("json-patch-tests \(file): \(ran) cases")
        #expect(ran > 15)
    }
}
