import Fixtures
import Foundation
public import JSON
import Manifests

/// The cases of yaml-test-suite, found by the environment variable `PILLION_SUITES`.
public enum YAMLSuite {
    /// One case: a text, and the JSON documents it means where the suite says so.
    public struct Case: Sendable {
        /// The file's name and, in files with several cases, the number behind a slash.
        public let id: String
        /// The text.
        public let yaml: [UInt8]
        /// What it means.
        public let json: [JSONValue]?
        /// Whether the text is no YAML 1.2.
        public let mustFail: Bool
    }

    /// The folder of the cases; nil when the suite is not there.
    public static let folder = Suites.folder("yaml-test-suite").map { $0.path + "/src" }

    /// Every case.
    public static func cases() throws -> [Case] {
        guard let folder else { return [] }
        var cases: [Case] = []
        for file in try ManifestSource([folder]).names() {
            let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
            let list = try ManifestReader.documents(in: bytes, file: file).first?.value.array ?? []
            for (index, entry) in list.enumerated() {
                guard let yaml = entry["yaml"]?.string else { continue }
                cases.append(
                    Case(
                        id: list.count > 1 ? "\(name)/\(index)" : name,
                        yaml: Array(unmark(yaml).utf8),
                        json: try entry["json"]?.string.map(documents),
                        mustFail: entry["fail"]?.bool ?? false
                    )
                )
            }
        }
        return cases
    }

    /// The JSON documents of a text, one behind the other.
    private static func documents(_ json: String) throws -> [JSONValue] {
        var values: [JSONValue] = []
        var rest = Array(json.utf8)[...]
        while rest.contains(where: { $0 > 0x20 }) {
            do throws(JSONError) {
                values.append(try JSONParser.parse(Array(rest)))
                break
            } catch {
                guard error.code == .trailingBytes else { throw error }
                values.append(try JSONParser.parse(Array(rest.prefix(error.offset))))
                rest = rest.dropFirst(error.offset)
            }
        }
        return values
    }

    /// Replaces the suite's visible marks by the characters they stand for.
    private static func unmark(_ text: String) -> String {
        var text = text.replacingOccurrences(of: "␣", with: " ")
        for dashes in (0...4).reversed() {
            text = text.replacingOccurrences(of: String(repeating: "—", count: dashes) + "»", with: "\t")
        }
        text = text.replacingOccurrences(of: "↵", with: "").replacingOccurrences(of: "←", with: "\r")
        text = text.replacingOccurrences(of: "⇔", with: "\u{FEFF}")
        return text.replacingOccurrences(of: "∎\n", with: "").replacingOccurrences(of: "∎", with: "")
    }
}
