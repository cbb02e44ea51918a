/// Writes text for roff(7), in which some characters at some places are requests.
enum Roff {
    /// A text on one line.
    static func text(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "\n": escaped += " "
            case "-": escaped += "\\-"
            default: escaped.append(character)
            }
        }
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : escaped
    }

    /// The parts of a line that each begin a sentence, which roff wants on lines of their own.
    private static func sentences(_ line: Substring) -> [String] {
        var sentences = [""]
        for word in line.split(separator: " ") {
            if let last = sentences.last?.last, ".!?".contains(last) { sentences.append("") }
            let separator = sentences[sentences.count - 1].isEmpty ? "" : " "
            sentences[sentences.count - 1] += separator + word
        }
        return sentences
    }

    /// Lines of text; indented ones stay as they are, empty ones part paragraphs.
    static func paragraphs(_ text: String) -> [String] {
        var lines: [String] = []
        var isLiteral = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isIndented = line.hasPrefix("  ")
            if isIndented != isLiteral { lines.append(isIndented ? ".Bd -literal -offset indent" : ".Ed") }
            isLiteral = isIndented
            let content = line.drop { $0 == " " }
            if content.isEmpty {
                if lines.last != ".Pp" { lines.append(".Pp") }
            } else if isIndented {
                lines.append(Self.text(String(line.dropFirst(2))))
            } else {
                lines += sentences(content).map { Self.text($0) }
            }
        }
        if isLiteral { lines.append(".Ed") }
        while lines.last == ".Pp" { lines.removeLast() }
        return lines.enumerated().filter { index, line in
            // A display makes its own distance.
            line != ".Pp"
                || (index + 1 < lines.count && !lines[index + 1].hasPrefix(".Bd") && lines[index + 1] != ".Ed")
        }.map(\.element)
    }
}
