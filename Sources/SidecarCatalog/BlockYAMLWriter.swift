import JSON
import Kubernetes

/// Writes a JSON value as block style YAML that readers of YAML 1.1 and 1.2 take for the same value.
///
/// A string is plain only when no reader can take it for anything else; otherwise it is in double quotes, with
/// everything escaped that is not printable (YAML 1.2.2 section 5.7). Numbers keep their spelling.
struct BlockYAMLWriter {
    /// Words that YAML 1.1 takes for booleans or null (https://yaml.org/type/).
    private static let reserved: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

    private var output = ""

    /// The text of `value`, ending with a line feed.
    static func text(_ value: JSONValue) -> String {
        var writer = BlockYAMLWriter()
        writer.write(value, depth: 0, startsLine: true)
        return writer.output
    }

    /// Writes a value and the end of its line; a collection goes on the current line when that only holds `- `.
    private mutating func write(_ value: JSONValue, depth: Int, startsLine: Bool) {
        switch value {
        case .object(let object) where !object.isEmpty:
            if !startsLine { output += "\n" }
            for (index, member) in object.members.enumerated() {
                if index > 0 || !startsLine { indent(depth) }
                output += Self.scalar(member.key) + ":"
                write(value: member.value, depth: depth)
            }
        case .array(let elements) where !elements.isEmpty:
            if !startsLine { output += "\n" }
            for (index, element) in elements.enumerated() {
                if index > 0 || !startsLine { indent(depth) }
                output += "- "
                write(element, depth: depth + 1, startsLine: true)
            }
        default:
            output += Self.scalar(value) + "\n"
        }
    }

    private mutating func write(value: JSONValue, depth: Int) {
        switch value {
        case .object(let object) where !object.isEmpty: write(value, depth: depth + 1, startsLine: false)
        case .array(let elements) where !elements.isEmpty: write(value, depth: depth + 1, startsLine: false)
        default: output += " " + Self.scalar(value) + "\n"
        }
    }

    private mutating func indent(_ depth: Int) {
        output += String(repeating: "  ", count: depth)
    }

    private static func scalar(_ value: JSONValue) -> String {
        switch value {
        case .string(let string): scalar(string)
        case .object: "{}"
        case .array: "[]"
        case .null, .bool, .number: value.compactText
        }
    }

    private static func scalar(_ string: String) -> String {
        isPlain(string) ? string : quoted(string)
    }

    /// Letters first, then letters, digits and `_`, `-`, `.`, `/`: nothing that any reader resolves, but for words.
    private static func isPlain(_ string: String) -> Bool {
        guard let first = string.utf8.first, first.isLetter, string.utf8.count <= 80 else { return false }
        let isSimple = string.utf8.allSatisfy { $0.isAlphanumeric || [95, 45, 46, 47].contains($0) }
        return isSimple && !reserved.contains(string.lowercased())
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where scalar.breaksLine || scalar.value == 0xFEFF || scalar.value & 0xFFFE == 0xFFFE:
                let digits = String(scalar.value, radix: 16)
                let width = scalar.value > 0xFFFF ? 8 : 4
                text += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
