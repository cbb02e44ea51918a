import Kubernetes

/// A string cut at its references.
///
/// Only `$(params.`, `$(pod.` and `$(app.` begin a reference. `$$` is Kubernetes' way to write a `$` that means nothing;
/// it and what follows it are left alone.
struct TemplateText {
    /// A piece of a string.
    enum Part: Equatable {
        /// Text that stays as it is.
        case literal(String)
        /// What stands between the parentheses of a reference, such as `params.path`.
        case reference(String)
        /// A reference without its closing parenthesis.
        case unclosed(String)
        /// Something that looks like a misspelt reference, and how its first word is spelled.
        case suspicious(String, String)

        /// Whether the part is a reference, complete or not.
        var isReference: Bool {
            switch self {
            case .reference, .unclosed: true
            case .literal, .suspicious: false
            }
        }
    }

    /// Whether the whole string is one reference.
    var isOneReference: Bool {
        guard parts.count == 1, case .reference? = parts.first else { return false }
        return true
    }

    private static let heads = ["params", "pod", "app"]

    /// The pieces in order; neighbouring literals are not joined.
    let parts: [Part]

    /// Cuts a string.
    init(_ string: String) {
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = Substring(string).utf8
        func flush() {
            if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        while let byte = rest.first {
            if rest.starts(with: "$$".utf8) {
                literal += "$$".utf8
                rest = rest.dropFirst(2)
            } else if byte == UInt8(ascii: "$"), let part = Self.reference(Substring(rest)) {
                flush()
                parts.append(part.part)
                rest = rest.dropFirst(part.length)
            } else {
                literal.append(byte)
                rest = rest.dropFirst()
            }
        }
        flush()
        self.parts = parts
    }

    /// The reference at the start of `text`, and how many bytes it has.
    private static func reference(_ text: Substring) -> (part: Part, length: Int)? {
        guard text.hasPrefix("$(") else { return nil }
        let inner = text.dropFirst(2)
        let head = inner.prefix { $0.isASCII && $0.isLetter }
        guard !head.isEmpty, inner.dropFirst(head.count).first == "." else { return nil }
        let close = inner.utf8.firstIndex(of: UInt8(ascii: ")"))
        guard heads.contains(String(head)) else {
            guard let close, let nearest = NearestName.nearest(to: String(head), among: heads) else { return nil }
            let name = String(inner[..<close])
            return (.suspicious(name, nearest), name.utf8.count + 3)
        }
        guard let close else { return (.unclosed(String(text)), text.utf8.count) }
        let name = String(inner[..<close])
        return (.reference(name), name.utf8.count + 3)
    }
}
