import RegularExpressions

extension BootstrapDecoder {
    /// A `type.matcher.v3.StringMatcher`.
    mutating func stringMatcher(_ node: ConfigurationNode) -> StringMatcher? {
        guard let message = message(node, .stringMatcher) else { return nil }
        let ignoresCase = bool(message["ignore_case"], standard: false)
        let names = ["exact", "prefix", "suffix", "contains", "safe_regex"]
        guard let (field, value) = oneOf(names, in: message, isRequired: true) else { return nil }
        if field == "safe_regex" {
            if ignoresCase, let node = message["ignore_case"] {
                report(.invalidValue, node.pointer, "has no effect on a safe_regex; write (?i) into the expression")
            }
            return regexMatcher(value).map { StringMatcher(.regex($0)) }
        }
        if field == "exact" { return string(value).map { StringMatcher(.exact($0), ignoresCase: ignoresCase) } }
        return pattern(field, value).map { StringMatcher($0, ignoresCase: ignoresCase) }
    }

    /// A pattern that must not be empty.
    mutating func pattern(_ kind: String, _ node: ConfigurationNode) -> StringMatcher.Pattern? {
        guard let text = string(node) else { return nil }
        guard !text.isEmpty else {
            report(.invalidValue, node.pointer, "must not be empty, which would match everything")
            return nil
        }
        switch kind {
        case "prefix": return .prefix(text)
        case "suffix": return .suffix(text)
        default: return .contains(text)
        }
    }

    /// A `type.matcher.v3.RegexMatcher`; the expression is sound.
    mutating func regexMatcher(_ node: ConfigurationNode) -> String? {
        guard let message = message(node, .regexMatcher) else { return nil }
        if let engine = message["google_re2"] { _ = self.message(engine, .googleRE2) }
        guard let text = name("regex", in: message), let field = message["regex"] else { return nil }
        return compiled(text, at: field) == nil ? nil : text
    }

    /// A `type.matcher.v3.RegexMatchAndSubstitute`.
    mutating func regexRewrite(_ node: ConfigurationNode) -> RegexRewrite? {
        guard let message = message(node, .regexRewrite) else { return nil }
        var substitution = ""
        read(message["substitution"], into: &substitution)
        guard let pattern = required("pattern", in: message).flatMap({ regexMatcher($0) }) else { return nil }
        guard let expression = try? RegularExpression(pattern) else { return nil }
        do throws(RegularExpressionError) {
            _ = try Substitution(substitution, for: expression)
        } catch {
            report(.invalidValue, message["substitution"]?.pointer ?? node.pointer, error.reason)
            return nil
        }
        return RegexRewrite(pattern: pattern, substitution: substitution)
    }

    /// An expression, or nil where it is unsound or too large.
    private mutating func compiled(_ text: String, at node: ConfigurationNode) -> RegularExpression? {
        do throws(RegularExpressionError) {
            return try RegularExpression(text)
        } catch {
            report(.invalidValue, node.pointer, "\"\(text)\" is not a regular expression: \(error.reason)")
            return nil
        }
    }
}
