/// The fields of one of Envoy's messages.
struct MessageSchema {
    /// The message's name, for people.
    let name: String
    /// The fields that are understood.
    let fields: [String]
    /// The fields that Envoy has and this version refuses by name.
    let unsupported: [String]

    init(_ name: String, _ fields: [String], unsupported: [String] = []) {
        self.name = name
        self.fields = fields
        self.unsupported = unsupported
    }
}
