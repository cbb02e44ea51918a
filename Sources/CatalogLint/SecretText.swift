/// Tells texts that look like secrets: by what they begin with, or by what they are assigned to.
enum SecretText {
    /// Longer texts are looked at up to here.
    private static let maximumLength = 65_536
    /// Shorter values are no secrets worth the name.
    private static let minimumValueLength = 6

    /// Beginnings of tokens that are given out by well-known services, with the least length behind them.
    private static let prefixes: [(prefix: String, least: Int, kind: String)] = [
        ("AKIA", 16, "an AWS access key"), ("ASIA", 16, "an AWS access key"), ("ghp_", 36, "a GitHub token"),
        ("gho_", 36, "a GitHub token"), ("ghs_", 36, "a GitHub token"), ("github_pat_", 22, "a GitHub token"),
        ("glpat-", 20, "a GitLab token"), ("xoxb-", 20, "a Slack token"), ("xoxp-", 20, "a Slack token"),
        ("hvs.", 24, "a Vault token"), ("sk_live_", 20, "a Stripe key"), ("AIza", 35, "a Google API key"),
        ("eyJhbGci", 40, "a JSON Web Token"), ("dapi", 32, "a Databricks token"),
    ]

    /// Words that name secrets when a name ends in them.
    private static let words = [
        "password", "passwd", "secret", "token", "apikey", "accesskey", "secretkey", "privatekey", "credentials",
        "licensekey",
    ]

    /// What a text looks like, or nil.
    ///
    /// - Parameters:
    ///   - text: A value as it is written in the catalog; references in it are no secrets.
    ///   - name: What the value is assigned to, when that is known.
    /// - Returns: A phrase such as `a private key`.
    static func kind(of text: String, named name: String?) -> String? {
        let text = String(text.prefix(maximumLength))
        if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") { return "a private key" }
        if let kind = token(in: text) { return kind }
        if let name, isSecret(name), isValue(text) { return "the value of a secret" }
        for line in text.split(separator: "\n") {
            guard let (name, value) = assignment(line), isSecret(name), isValue(value) else { continue }
            return "the value of a secret"
        }
        return nil
    }

    private static func token(in text: String) -> String? {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0))) }
        for word in words {
            for entry in prefixes where word.hasPrefix(entry.prefix) {
                let rest = word.utf8.dropFirst(entry.prefix.utf8.count)
                guard rest.count >= entry.least else { continue }
                // The made-up tokens of documentation repeat one letter.
                guard Set(rest).count > 4 else { continue }
                return entry.kind
            }
        }
        return nil
    }

    /// The name and the value of `name=value`, `name: value` or `--name value`, without quotes.
    private static func assignment(_ line: Substring) -> (name: String, value: String)? {
        guard let index = line.firstIndex(where: { $0 == "=" || $0 == ":" || $0 == " " }) else { return nil }
        var name = line[..<index]
        var rest = line[index...].dropFirst()
        if name.isEmpty || name.allSatisfy({ $0 == " " || $0 == "-" }) {
            let inner = line.drop { $0 == " " || $0 == "-" }
            return inner.count < line.count ? assignment(inner) : nil
        }
        name = name.drop { $0 == "-" }
        rest = rest.drop { " \"'=:".contains($0) }
        while let last = rest.last, " \"',;".contains(last) {
            rest = rest.dropLast()
        }
        return (String(name), String(rest))
    }

    /// Whether a name is that of a secret: it ends in such a word, letters only.
    private static func isSecret(_ name: String) -> Bool {
        let letters = name.lowercased().filter(\.isLetter)
        return words.contains { letters.hasSuffix($0) }
    }

    /// Whether a value could be one: one word, no reference, no path, no number or switch.
    private static func isValue(_ text: String) -> Bool {
        guard text.utf8.count >= minimumValueLength, !text.contains(where: { " \t\n{}$<>/*".contains($0) }) else {
            return false
        }
        return !["true", "false", "optional", "required", "default", "disabled", "enabled"].contains(text.lowercased())
            && Double(text) == nil
    }
}
