/// Texts from outside, made fit for a message.
enum Excerpt {
    /// How many characters are shown.
    private static let limit = 64

    /// The text on one line, without control characters, shortened.
    static func cut(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            shown.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
        }
        return text.unicodeScalars.dropFirst(limit).isEmpty ? shown : shown + "…"
    }
}
