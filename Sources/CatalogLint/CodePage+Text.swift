import SidecarCatalog

extension CodePage {
    /// The page for a terminal.
    public var text: String {
        """
        \(code) (\(severity.rawValue)): \(title)

        \(Self.wrapped(explanation))

        Wrong (\(place.phrase)):
        \(Self.indented(wrong))

        Right:
        \(Self.indented(right))

        """
    }

    /// The page as a section of a Markdown document.
    public var markdown: String {
        """
        ### \(code)

        \(title) (\(severity.rawValue)). \(explanation)

        Wrong, \(place.phrase):

        ```yaml
        \(wrong)
        ```

        Right:

        ```yaml
        \(right)
        ```

        """
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n")
    }

    /// The text in lines of at most 78 characters.
    private static func wrapped(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + word.count < 78 {
                lines[lines.count - 1] += " \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension CodePage.Place {
    /// Where the lines of an example belong, in words.
    var phrase: String {
        switch self {
        case .policy: "in the `spec` of the Catalog"
        case .sidecar: "in the `spec` of a Sidecar"
        case .version: "in a version of a Sidecar"
        case .documents: "whole documents"
        }
    }
}
