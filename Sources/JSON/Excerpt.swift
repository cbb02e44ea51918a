/// Shows text from outside in a message: one line, no control characters, a bounded length.
package enum Excerpt {
    /// The text in double quotes, cut to `limit` characters.
    package static func quote(_ text: String, limit: Int = 60) -> String {
        "\"\(cut(text, to: limit))\""
    }

    /// The text with control and formatting characters shown as `?`, cut to `limit` characters.
    package static func cut(_ text: String, to limit: Int) -> String {
        // Names and messages are nearly always short and printable ASCII.
        guard text.utf8.count > limit || !text.allBytes({ (0x20...0x7E).contains($0) }) else { return text }
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else {
                result.removeLast(min(3, result.count))
                result.append(contentsOf: "...".unicodeScalars)
                break
            }
            result.append(isPlain(scalar) ? scalar : "?")
            count += 1
        }
        return String(result)
    }

    /// Whether a character shows as itself and leaves those around it alone: no control or formatting character.
    package static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}
