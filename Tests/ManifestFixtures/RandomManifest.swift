public import JSON

/// Makes trees and lays them out as YAML the way people do: block and flow style, comments, quotes, any indentation.
public struct RandomManifest {
    /// The text of the tree.
    public private(set) var text = ""
    private var random: RandomTree
    private let step: Int
    private let sequenceStep: Int

    /// A manifest of a seed; the same seed makes the same.
    ///
    /// - Parameters:
    ///   - seed: What the layout follows from, and the tree.
    ///   - tree: Another tree.
    public init(seed: UInt64, tree: JSONObject? = nil) {
        random = RandomTree(seed: seed)
        step = [2, 2, 4, 3].randomElement(using: &random) ?? 2
        sequenceStep = [0, 0, 2, 1].randomElement(using: &random) ?? 0
        comment(column: 0)
        if chance(4) { text += "---\n" }
        mapping(tree ?? Self.tree(depth: 4, &random), column: 0)
        if chance(6) { text += "# end\n" }
        if chance(8) { text += "...\n" }
        // Without its line break a literal block would say something else.
        if chance(5), text.hasSuffix("\n"), !text.hasSuffix("two\n") { text.removeLast() }
        if chance(5) { text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n") }
    }

    /// A mapping with at least one member.
    private static func tree(depth: Int, _ random: inout RandomTree) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let key = ["name", "image", "spec", "env", "app.kubernetes.io/name", "args", "é", "on"]
            object[key.randomElement(using: &random) ?? "a"] = value(depth: depth - 1, &random)
        }
        return object
    }

    /// A value such as manifests have them.
    public static func value(depth: Int, _ random: inout RandomTree) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &random) {
        case 0: return .null
        case 1: return .integer(Int.random(in: 0...9000, using: &random))
        case 2: return "one\ntwo\n"
        case 3, 4:
            return .string(
                ["a", "b: c", "x # y", "", "true", "日本", "$(A)", "8080"].randomElement(using: &random) ?? ""
            )
        case 5, 6, 7:
            let count = Int.random(in: 0...3, using: &random)
            return .array((0..<count).map { _ in value(depth: depth - 1, &random) })
        default: return .object(tree(depth: depth, &random))
        }
    }

    private mutating func chance(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }

    private mutating func comment(column: Int) {
        if chance(8) { text += String(repeating: " ", count: column) + "# é note\n" }
        if chance(12) { text += "\n" }
    }

    private mutating func endLine() {
        text += chance(8) ? "  # why\n" : "\n"
    }

    private mutating func indent(_ column: Int) {
        text += String(repeating: " ", count: column)
    }

    private mutating func mapping(_ object: JSONObject, column: Int, startsLine: Bool = true) {
        for (index, member) in object.members.enumerated() {
            if index > 0 || startsLine {
                comment(column: column)
                indent(column)
            }
            text += member.key == "on" ? "'on':" : chance(9) ? "\"\(member.key)\":" : "\(member.key):"
            switch member.value {
            case .object(let inner) where !chance(6):
                endLine()
                mapping(inner, column: column + step)
            case .array(let elements) where !elements.isEmpty && !chance(6):
                endLine()
                sequence(elements, column: column + sequenceStep)
            default: scalar(member.value, column: column)
            }
        }
    }

    private mutating func sequence(_ elements: [JSONValue], column: Int) {
        for element in elements {
            comment(column: column)
            indent(column)
            text += "-"
            switch element {
            case .object(let inner) where !chance(6):
                text += " "
                mapping(inner, column: column + 2, startsLine: false)
            default: scalar(element, column: column)
            }
        }
    }

    private mutating func scalar(_ value: JSONValue, column: Int) {
        switch value {
        case .null where chance(2): endLine()
        case .string("one\ntwo\n") where chance(2):
            text += " |\n"
            for line in ["one", "two"] {
                indent(column + 2)
                text += line + "\n"
            }
        default:
            text += String(repeating: " ", count: chance(7) ? 3 : 1) + flow(value)
            endLine()
        }
    }

    private mutating func flow(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            let members = object.members.map { "\"\($0.key)\": \(flow($0.value))" }
            return "{" + members.joined(separator: ", ") + "}"
        case .array(let elements): return "[" + elements.map { flow($0) }.joined(separator: ",") + "]"
        default: return String(decoding: JSONWriter.compact(value), as: UTF8.self)
        }
    }
}
