/// The fields of one of Envoy's messages.
struct MessageSchema: Sendable {
    /// The message's full name without the leading `envoy.`: `config.cluster.v3.Cluster`.
    let fullName: String
    /// The fields that are understood, each with its type, its default value and Envoy's where that is another:
    /// `duration = none; Envoy: 15s`.
    let fields: KeyValuePairs<String, String>
    /// The fields that Envoy has and this version refuses by name.
    let unsupported: [String]
    /// Those that are refused with a sentence of their own.
    let refused: KeyValuePairs<String, String>
    /// Whether the message stands in a `google.protobuf.Any` with an `@type`.
    let isTyped: Bool

    init(
        _ fullName: String,
        _ fields: KeyValuePairs<String, String>,
        unsupported: [String] = [],
        refused: KeyValuePairs<String, String> = [:],
        isTyped: Bool = false
    ) {
        self.fullName = fullName
        self.fields = fields
        self.unsupported = unsupported
        self.refused = refused
        self.isTyped = isTyped
    }

    /// The name for people: `Cluster`.
    var name: String { fullName.split(separator: ".").last.map(String.init) ?? fullName }
    /// The `@type` of the message in a `google.protobuf.Any`.
    var typeURL: String { "type.googleapis.com/envoy.\(fullName)" }
    /// The names of all fields that are understood.
    var fieldNames: [String] { fields.map(\.key) }

    /// Whether a field is understood.
    func knows(_ name: String) -> Bool {
        fields.contains { $0.key == name } || isTyped && name == "@type"
    }

    /// Why a field of Envoy's is refused, or nil when it is none of its fields.
    func refusal(of field: String) -> String? {
        if let special = refused.first(where: { $0.key == field }) { return special.value }
        return unsupported.contains(field) ? "is not supported; remove it" : nil
    }
}
