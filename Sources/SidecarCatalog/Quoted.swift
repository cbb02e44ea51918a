import JSON

/// A text from outside, made fit for a message: in quotes, one line, shortened.
struct Quoted: CustomStringConvertible {
    /// How many characters are shown.
    private static let limit = 48

    private let text: String

    /// Quotes a text.
    init(_ text: String) {
        self.text = text
    }

    /// The text in single quotes, without control and formatting characters.
    var description: String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(Self.limit) {
            shown.unicodeScalars.append(Excerpt.isPlain(scalar) ? scalar : "\u{FFFD}")
        }
        let isShortened = text.unicodeScalars.dropFirst(Self.limit).isEmpty == false
        return "'\(shown)\(isShortened ? "…" : "")'"
    }
}
