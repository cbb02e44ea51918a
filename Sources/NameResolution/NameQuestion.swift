public import ProxyConfiguration

/// What a resolver is asked.
public struct NameQuestion: Sendable, Hashable {
    /// The name; one that ends with a dot is taken as it is, others are looked for in the search domains.
    public var name: String
    /// Which addresses are wanted.
    public var family: DNSOptions.Family

    /// Makes a question.
    public init(_ name: String, family: DNSOptions.Family = .automatic) {
        self.name = name
        self.family = family
    }

    /// The kinds of records in the order in which they are asked for, and whether the first that has any suffices.
    var types: (order: [RecordType], isFirstEnough: Bool) {
        switch family {
        case .automatic: ([.aaaa, .a], true)
        case .v4Preferred: ([.a, .aaaa], true)
        case .v4Only: ([.a], true)
        case .v6Only: ([.aaaa], true)
        case .all: ([.a, .aaaa], false)
        }
    }
}

/// The kinds of records that hold addresses (RFC 1035 section 3.2.2, RFC 3596 section 2.1).
enum RecordType: UInt16, Sendable {
    case a = 1
    case aaaa = 28
}
