import JSON
import SidecarCatalog

/// What a pod's annotations ask for, before the catalog has been consulted.
struct InjectionRequest: Sendable {
    /// One name in the inject annotation.
    struct Item: Sendable, Equatable {
        /// The text before `@` or `:`.
        let name: String
        /// The text after it, when there is one.
        let selector: String?
    }

    /// One `<sidecar>.<domain>/<parameter>` annotation.
    struct ParameterSetting: Sendable, Equatable {
        let sidecar: String
        let parameter: String
        let value: String
    }

    /// The longest inject annotation that is read; more names than that fit in no pod.
    static let maximumItems = 64

    /// The names asked for, in order; nil when the annotation is absent.
    var items: [Item]?
    /// Whether the pod opted out of everything.
    var isOptedOut = false
    /// The names excluded.
    var excluded: [String] = []
    /// The application's containers named by the pod; nil when the annotation is absent.
    var containers: [String]?
    /// The parameters set.
    var parameters: [ParameterSetting] = []
    /// Annotations under the domain that have no meaning.
    var unknownKeys: [String] = []
    /// Annotations under the domain whose value is not a string.
    var notStrings: [String] = []

    /// Reads the annotations of `pod`.
    init(pod: Pod, keys: AnnotationKey) {
        let suffix = ".\(keys.domain)"
        for member in pod.annotations?.members ?? [] {
            guard let slash = member.key.utf8.firstIndex(of: UInt8(ascii: "/")) else { continue }
            let prefix = member.key[..<slash]
            guard prefix == keys.domain || prefix.hasSuffix(suffix) else { continue }
            let name = String(member.key[member.key.utf8.index(after: slash)...])
            guard let value = member.value.string else {
                notStrings.append(member.key)
                continue
            }
            if prefix == keys.domain {
                read(name, value, key: member.key, keys: keys)
            } else {
                let sidecar = String(prefix.dropLast(suffix.count))
                parameters.append(ParameterSetting(sidecar: sidecar, parameter: name, value: value))
            }
        }
    }

    private mutating func read(_ name: String, _ value: String, key: String, keys: AnnotationKey) {
        switch name {
        case "inject":
            let isOptOut = ["false", "none"].contains(Self.trim(value[...]).lowercased())
            isOptedOut = isOptOut
            items = isOptOut ? [] : Self.list(value).map(Self.item)
        case "exclude":
            excluded = Self.list(value)
        case "containers":
            containers = Self.list(value)
        case "status":
            break
        default:
            if !key.hasPrefix(keys.filePrefix) { unknownKeys.append(key) }
        }
    }

    /// The parts of a comma-separated list, without white space around them; empty parts do not count.
    private static func list(_ text: String) -> [String] {
        text.split(separator: ",", maxSplits: maximumItems).map(trim).filter { !$0.isEmpty }
    }

    private static func trim(_ text: Substring) -> String {
        let trimmed = text.drop(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(trimmed[...last])
    }

    private static func item(_ text: String) -> Item {
        guard let separator = text.firstIndex(where: { $0 == "@" || $0 == ":" }) else {
            return Item(name: text, selector: nil)
        }
        return Item(name: String(text[..<separator]), selector: String(text[text.index(after: separator)...]))
    }
}
