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

    /// How many misspelt keys are looked for; more of them are told to nobody.
    static let maximumMisspelt = InjectionWarning.maximumCount

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
    /// Annotations that look like ours under another domain.
    var misspelt: [String] = []
    /// Labels under the domain, which have no meaning.
    var labels: [String] = []

    /// Reads the annotations of `pod`.
    init(pod: Pod, keys: AnnotationKey) {
        for label in pod.labels?.members ?? [] where keys.isWritten(label.key) {
            labels.append(label.key)
        }
        for member in pod.annotations?.members ?? [] {
            let key = member.key.utf8
            guard let slash = key.firstIndex(of: UInt8(ascii: "/")) else { continue }
            // Nearly all annotations are others'; those of the domain end in it before the slash.
            guard let sidecar = keys.sidecar(in: key[..<slash]) else {
                if misspelt.count < Self.maximumMisspelt, keys.resembles(member.key) { misspelt.append(member.key) }
                continue
            }
            guard let value = member.value.string else {
                notStrings.append(member.key)
                continue
            }
            let name = Self.string(key[key.index(after: slash)...])
            if sidecar.isEmpty {
                read(name, value, key: member.key, keys: keys)
            } else {
                let setting = ParameterSetting(sidecar: Self.string(sidecar), parameter: name, value: value)
                parameters.append(setting)
            }
        }
    }

    /// A part of a string, cut at ASCII bytes.
    private static func string(_ bytes: Substring.UTF8View) -> String {
        String(Substring(bytes))
    }

    private mutating func read(_ name: String, _ value: String, key: String, keys: AnnotationKey) {
        switch name {
        case "inject":
            let word = Self.trim(value.utf8[...])
            let isOptOut = word.utf8.count <= 5 && ["false", "none"].contains(word.lowercased())
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
        text.utf8.split(separator: UInt8(ascii: ","), maxSplits: maximumItems).map(trim).filter { !$0.isEmpty }
    }

    /// A part without white space around it: ASCII's by its bytes, any other by what Unicode calls so.
    private static func trim(_ part: Substring.UTF8View) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var trimmed = part.drop(while: isSpace)
        while let last = trimmed.last, isSpace(last) { trimmed.removeLast() }
        guard let first = trimmed.first, let last = trimmed.last, first >= 0x80 || last >= 0x80 else {
            return string(trimmed)
        }
        let characters = Substring(trimmed).drop(while: \.isWhitespace)
        guard let end = characters.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(characters[...end])
    }

    private static func item(_ text: String) -> Item {
        let bytes = text.utf8
        guard let separator = bytes.firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ":") }) else {
            return Item(name: text, selector: nil)
        }
        return Item(name: string(bytes[..<separator]), selector: string(bytes[bytes.index(after: separator)...]))
    }
}
