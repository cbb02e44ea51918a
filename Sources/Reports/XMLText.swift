/// Text inside XML documents (XML 1.0, sections 2.2 and 2.4).
enum XMLText {
    /// The text between an element's tags.
    static func content(_ text: String) -> String {
        escaped(text, keepsLines: true)
    }

    /// An attribute's value with its quotes; line breaks and tabs are kept as character references.
    static func attribute(_ text: String) -> String {
        "\"\(escaped(text, keepsLines: false))\""
    }

    private static func escaped(_ text: String, keepsLines: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n" where keepsLines, "\t" where keepsLines: result.unicodeScalars.append(scalar)
            case "\n", "\t", "\r": result += "&#\(scalar.value);"
            default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    /// Whether XML 1.0 can hold the character at all, even as a reference (production `Char`).
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
    }
}
