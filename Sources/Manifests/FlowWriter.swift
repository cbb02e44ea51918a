import JSON

/// Writes JSON trees inside brackets: as JSON, or as YAML's flow style.
///
/// The nesting of a value is bounded by what made it, so writing recurses.
struct FlowWriter {
    let format: ManifestFormat
    let layout: TextLayout
    /// What each level is indented by, when the text is laid out on lines.
    let unit: [UInt8]

    /// The text of a value; `indentation` is that of the line it starts on, nil for a value on one line.
    func text(_ value: JSONValue, on indentation: [UInt8]?) -> [UInt8] {
        switch value {
        case .object(let object) where !object.isEmpty:
            bracketed("{", "}", indentation) { inner in
                object.members.map { member(named: $0.key, $0.value, on: inner) }
            }
        case .array(let elements) where !elements.isEmpty:
            bracketed("[", "]", indentation) { inner in elements.map { text($0, on: inner) } }
        default: scalar(value)
        }
    }

    /// The text of a member.
    func member(named key: String, _ value: JSONValue, on indentation: [UInt8]?) -> [UInt8] {
        let colon = layout.isSpaced || indentation != nil ? ": " : ":"
        return scalar(.string(key)) + colon.utf8 + text(value, on: indentation)
    }

    /// What stands between two elements.
    func separator(on indentation: [UInt8]?) -> [UInt8] {
        guard let indentation else { return Array(layout.isSpaced ? ", ".utf8 : ",".utf8) }
        return [UInt8(ascii: ",")] + layout.lineBreak + indentation
    }

    private func bracketed(
        _ opening: String,
        _ closing: String,
        _ indentation: [UInt8]?,
        _ parts: ([UInt8]?) -> [[UInt8]]
    ) -> [UInt8] {
        let inner = indentation.map { $0 + unit }
        let body = Array(parts(inner).joined(separator: separator(on: inner)))
        guard let inner, let indentation else { return opening.utf8 + body + closing.utf8 }
        return opening.utf8 + layout.lineBreak + inner + body + layout.lineBreak + indentation + closing.utf8
    }

    private func scalar(_ value: JSONValue) -> [UInt8] {
        guard format == .yaml else { return JSONWriter.compact(value) }
        switch value {
        case .string(let text): return Array(YAMLStringStyle.flow(text).utf8)
        case .number(let number): return Array(YAMLWriter.spelling(number).utf8)
        default: return JSONWriter.compact(value)
        }
    }
}
