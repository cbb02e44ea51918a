/// How text for people is marked: with colours on a terminal, not at all elsewhere.
public struct TextStyle: Sendable, Equatable {
    /// Whether colours are used.
    public let isColored: Bool

    /// Makes a style.
    ///
    /// - Parameter isColored: Whether the reader is a terminal that wants colours (https://no-color.org).
    public init(isColored: Bool) {
        self.isColored = isColored
    }

    /// What a part of the text means.
    package enum Mark: String, Sendable {
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
        case strong = "1"
        case faint = "2"
        case removal = "31"
        case addition = "32"
    }

    /// The text, marked (ECMA-48, Select Graphic Rendition).
    package func marked(_ text: String, _ mark: Mark) -> String {
        isColored ? "\u{1B}[\(mark.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension Finding.Severity {
    /// The mark of a severity.
    var mark: TextStyle.Mark {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note: .note
        }
    }
}
