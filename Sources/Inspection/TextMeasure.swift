import JSON

/// How much room text takes in a picture, estimated without fonts: those of a reader are not known.
///
/// The widths are those of DejaVu Sans, which is wider than nearly all others, so that text that fits here fits.
enum TextMeasure {
    /// A size and weight of letters.
    struct Font: Sendable {
        /// The size in pixels.
        let size: Double
        /// How much wider than plain letters they are.
        let stretch: Double

        /// Makes a font.
        init(_ size: Double, isBold: Bool = false) {
            self.size = size
            stretch = isBold ? 1.1 : 1
        }
    }

    /// How long a text from outside may be before it is looked at.
    private static let limit = 600

    /// The width of a text in pixels, rounded up.
    static func width(_ text: String, _ font: Font) -> Int {
        Int((text.reduce(0) { $0 + ems($1) } * font.size * font.stretch).rounded(.up))
    }

    /// The text without control characters, cut with an ellipsis where it is wider than `room`.
    static func elide(_ text: String, to room: Int, _ font: Font) -> String {
        let text = Excerpt.cut(text, to: limit)
        guard width(text, font) > room else { return text }
        let available = Double(room) / (font.size * font.stretch) - ems("…")
        var used = 0.0
        var kept = ""
        for character in text {
            used += ems(character)
            guard used <= available else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text in at most `count` lines that are no wider than `room`, the last one cut where that is not enough.
    static func wrap(_ text: String, to room: Int, lines count: Int, _ font: Font) -> [String] {
        var lines: [String] = []
        var words = Excerpt.cut(text, to: limit).split(separator: " ")[...]
        while let first = words.popFirst() {
            guard lines.count < count - 1 else {
                lines.append(elide(([first] + words).joined(separator: " "), to: room, font))
                break
            }
            var line = elide(String(first), to: room, font)
            while let next = words.first, width("\(line) \(next)", font) <= room {
                line += " \(next)"
                words = words.dropFirst()
            }
            lines.append(line)
        }
        return lines
    }

    /// The width of a character in ems.
    private static func ems(_ character: Character) -> Double {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.isEmojiPresentation { return 1.3 }
        if isWide(scalar) { return 1.05 }
        switch character {
        case "i", "j", "l", "I", "|", "!", ".", ",", ":", ";", "'", "`", " ": return 0.34
        case "f", "r", "t", "(", ")", "[", "]", "/", "\\", "-": return 0.42
        case "m", "M", "W", "@", "%", "…": return 1
        case "w", "A"..."Z", "_", "~", "<", ">", "=", "+", "#", "&": return 0.83
        default: return 0.65
        }
    }

    /// Whether a character is as wide as it is high (Unicode Standard Annex 11: East Asian Width).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default:
            false
        }
    }
}
