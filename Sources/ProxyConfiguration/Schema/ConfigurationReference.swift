import AccessLog

/// The fields that are known, told from the tables that the decoder checks files with.
public enum ConfigurationReference {
    /// One field of a message.
    public struct Field: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// What may stand there.
        public let type: String
        /// What holds without it; empty where nothing does.
        public let standard: String
        /// What holds without it in Envoy, where that is something else; else empty.
        public let envoy: String

        /// Reads `type = standard; Envoy: other`.
        init(_ name: String, _ note: String) {
            self.name = name
            let halves = note.split(separator: "; Envoy: ", maxSplits: 1).map(String.init)
            let parts = (halves.first ?? "").split(separator: " = ", maxSplits: 1).map(String.init)
            type = parts.first ?? ""
            standard = parts.count > 1 ? parts[1] : ""
            envoy = halves.count > 1 ? halves[1] : ""
        }
    }

    /// All messages by their names without the leading `envoy.`, with their fields.
    public static var messages: [(name: String, fields: [Field])] {
        MessageSchema.all.map { schema in (schema.fullName, schema.fields.map { Field($0.key, $0.value) }) }
    }

    /// In Markdown all fields, those whose default values differ from Envoy's, and the operators of formats.
    public static var markdown: String {
        var text = "### Fields\n\n| message | field | what may stand there | default |\n|---|---|---|---|\n"
        for (name, fields) in messages {
            let message = code(name)
            for field in fields {
                text += "| \(message) | `\(field.name)` | \(field.type) | \(field.standard) |\n"
            }
        }
        text += "\n### Other defaults than Envoy's\n\n| message | field | here | in Envoy |\n|---|---|---|---|\n"
        for (name, fields) in messages {
            for field in fields where !field.envoy.isEmpty {
                let here = field.standard.isEmpty ? field.type : field.standard
                text += "| \(code(name)) | `\(field.name)` | \(here) | \(field.envoy) |\n"
            }
        }
        let operators = LogFormat.operatorNames.map { "`%\($0)%`" }.joined(separator: ", ")
        return text + "\n### Operators of formats\n\n\(operators)\n"
    }

    /// The last parts of the names of messages that share fields: `` `AndFilter`, `OrFilter` ``.
    private static func code(_ fullNames: String) -> String {
        fullNames.split(separator: ",")
            .map { name in "`\(name.split(separator: ".").last.map { String($0) } ?? "")`" }
            .map { $0.split(separator: " ").joined() }
            .joined(separator: ", ")
    }
}
