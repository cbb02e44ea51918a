/// Text inside Markdown.
enum MarkdownText {
    /// The text as a cell of a table: on one line, with what would end the cell or begin markup escaped.
    static func cell(_ text: String) -> String {
        var cell = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|", "*", "_", "<", ">", "[", "]", "`", "\\":
                cell.unicodeScalars.append("\\")
                cell.unicodeScalars.append(scalar)
            case "\n", "\r", "\t": cell.unicodeScalars.append(" ")
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return cell
    }

    /// The text as code; what holds a backtick gets a longer fence.
    static func code(_ text: String) -> String {
        let cell = text.replacingLineBreaks
        return cell.contains("`")
            ? "`` \(cell) ``"
            : "`\(cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|"))`"
    }
}

extension String {
    /// The text on one line.
    fileprivate var replacingLineBreaks: String {
        String(map { $0.isNewline ? " " : $0 })
    }
}
