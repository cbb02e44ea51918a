/// Chooses how a string is written so that every reader of YAML (1.1 and 1.2) takes it for that string.
enum YAMLStringStyle {
    /// Words that some reader takes for a boolean, null or a number, in lower case.
    private static let words: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity",
    ]

    /// The string on one line: plain where nobody can misread it, else in double quotes.
    static func singleLine(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// The string inside brackets, where commas and brackets end a plain one.
    static func flow(_ text: String) -> String {
        let ends = text.utf8.contains { ",[]{}:?".utf8.contains($0) }
        return isPlain(text) && !ends ? text : quoted(text)
    }

    /// The string in double or single quotes; nil when it cannot stand in single ones.
    static func quoted(_ text: String, by quote: UInt8) -> String? {
        guard quote == UInt8(ascii: "'") else { return quoted(text) }
        guard text.unicodeScalars.allSatisfy({ isPrintable($0) && !isWideSpace($0) }) else { return nil }
        let parts = text.utf8.split(separator: quote, omittingEmptySubsequences: false).map { String(Substring($0)) }
        return "'" + parts.joined(separator: "''") + "'"
    }

    /// The header of a literal block for a text of several lines; nil when a literal block could not be exact.
    static func literalHeader(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        guard scalars.contains("\n"), scalars.contains(where: { $0 != "\n" && $0 != " " && $0 != "\t" }) else {
            return nil
        }
        guard scalars.allSatisfy({ $0 == "\n" || $0 == "\t" || isPrintable($0) }) else { return nil }
        let last = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? ""[...].utf8
        guard last.isEmpty || last.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
        // Without the number a reader takes the indentation from the first line that is not empty.
        let startsWithSpace = text.utf8.first.map { [0x20, 0x09, 0x0A].contains($0) } ?? false
        let chomping = text.utf8.last != 0x0A ? "-" : text.utf8.dropLast().last == 0x0A ? "+" : ""
        return "|" + (startsWithSpace ? "2" : "") + chomping
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, text.utf8.last != 0x20, text.utf8.last != UInt8(ascii: ":"),
            canStart(first, text), text.unicodeScalars.allSatisfy({ isPrintable($0) && !isWideSpace($0) })
        else { return false }
        var previous = first
        for scalar in text.unicodeScalars {
            if previous == ":", scalar == " " { return false }
            if previous == " ", scalar == "#" { return false }
            previous = scalar
        }
        guard case .string = YAMLScalarResolver.plain(text) else { return false }
        return !words.contains(text.lowercased())
    }

    /// Whether a plain scalar may start with `first`, and what follows rules out a number or a date.
    private static func canStart(_ first: Unicode.Scalar, _ text: String) -> Bool {
        switch first {
        case "a"..."z", "A"..."Z", "/", "_", "$", "(": return true
        case "0"..."9":
            // A letter that occurs in no notation of numbers or dates (`500m`, `64Mi`, `3-alpine`) settles it.
            return !text.utf8.contains(UInt8(ascii: ":"))
                && text.unicodeScalars.contains {
                    ("g"..."n").contains($0) || ("p"..."s").contains($0) || $0 == "M" || $0 == "G"
                }
        case "-":
            let name = text.unicodeScalars.drop { $0 == "-" }
            return text.utf8.count - name.count <= 2
                && name.first.map { $0.isASCII && $0.properties.isAlphabetic } ?? false
        default: return first.value > 0xA0 && first.properties.isAlphabetic
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default: isPrintable(scalar) ? quoted.unicodeScalars.append(scalar) : quoted.append(escape(scalar))
            }
        }
        return quoted + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// Whether every reader takes the character raw, and a person sees it: no control, no invisible format character.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
        default: return true
        }
    }

    private static func isWideSpace(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && scalar.properties.isWhitespace
    }
}
