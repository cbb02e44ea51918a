/// Says in plain words what libyaml found wrong and what to do about it.
struct YAMLSyntaxAdvice {
    let code: ManifestError.Code
    let reason: String

    /// Words `failure`, which is at `byte` of the text; nil at the end of the text.
    init(_ failure: YAMLEventParser.Failure, at byte: UInt8?) {
        if failure.byte != nil {
            code = .encoding
            reason =
                "the text cannot be decoded as UTF-8 (\(failure.problem)); save the file as UTF-8 without control characters"
            return
        }
        let isTab = byte == 0x09 && failure.problem.hasPrefix("found character that cannot start any token")
        if isTab || failure.problem.contains("a tab character") {
            code = .tab
            reason = "a tab is used for indentation, where YAML allows only spaces; replace it by spaces"
            return
        }
        code = .syntax
        let context = failure.context.isEmpty ? "" : " \(failure.context)"
        reason = "not valid YAML: \(failure.problem)\(context); \(Self.advice(failure, at: byte))"
    }

    private static func advice(_ failure: YAMLEventParser.Failure, at byte: UInt8?) -> String {
        switch failure.problem {
        case "mapping values are not allowed in this context":
            "put a value that contains ': ' in quotes, or correct the indentation"
        case "could not find expected ':'":
            "a line before this place has neither a key with ':' nor the right indentation"
        case "did not find expected key", "did not find expected '-' indicator":
            "correct the indentation, which does not fit the lines before"
        case "block sequence entries are not allowed in this context":
            "start the list on a line of its own"
        case "found unexpected end of stream", "found unexpected document indicator":
            "close the quote or bracket that is open"
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            "a flow collection lacks a comma or its closing bracket, or a template was not rendered"
        case "found character that cannot start any token":
            "put a value that starts with '%', '@' or '`' in quotes"
        case "found unknown escape character", "did not find expected hexdecimal number":
            "use single quotes, or double the backslash"
        case "found undefined tag handle", "did not find expected tag URI":
            "put a value that starts with '!' in quotes"
        default:
            "correct the text before this place"
        }
    }
}
