extension String {
    /// The string as a message may quote it: at most 64 characters, none of which controls a terminal.
    var excerpt: String {
        var excerpt = ""
        for scalar in unicodeScalars.prefix(64) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: excerpt.append("\u{FFFD}")
            default: excerpt.unicodeScalars.append(scalar)
            }
        }
        return unicodeScalars.dropFirst(64).isEmpty ? excerpt : excerpt + "..."
    }
}
