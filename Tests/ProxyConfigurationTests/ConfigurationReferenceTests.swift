import Testing

@testable import ProxyConfiguration

@Suite("Configuration reference")
struct ConfigurationReferenceTests {
    @Test(
        "A note tells the type, the default value and Envoy's",
        arguments: [
            ("string, required", "string, required", "", ""), ("bool = false", "bool", "false", ""),
            ("duration = none; Envoy: 15s", "duration", "none", "15s"),
            ("only true; Envoy: false", "only true", "", "false"),
        ]
    )
    func notes(_ note: String, _ type: String, _ standard: String, _ envoy: String) {
        let field = ConfigurationReference.Field("x", note)
        #expect([field.type, field.standard, field.envoy] == [type, standard, envoy])
    }

    @Test("No message is told of twice, and the table has a row for every field")
    func complete() {
        let messages = ConfigurationReference.messages
        #expect(Set(messages.map(\.name)).count == messages.count)
        let rows = ConfigurationReference.markdown.split(separator: "\n").count { $0.hasPrefix("| `") }
        let fields = messages.flatMap(\.fields)
        #expect(rows == fields.count + fields.count { !$0.envoy.isEmpty })
    }
}
