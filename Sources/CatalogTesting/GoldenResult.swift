/// What became of a case.
public struct GoldenResult: Sendable, Equatable {
    /// Something that is not as it should be.
    public enum Problem: Sendable, Equatable {
        /// The case does not say what has to come out.
        case missing
        /// Something else comes out; a unified diff tells the difference.
        case different(String)
        /// A later pass changes the pod again.
        case unstable(String)

        /// The problem in a line.
        public var message: String {
            switch self {
            case .missing: "it has no expected.yaml; look at the result and write it with --update"
            case .different: "another result than expected"
            case .unstable(let reason): reason
            }
        }

        /// More about it; may be empty.
        public var details: String {
            if case .different(let diff) = self { diff } else { "" }
        }

        /// Whether writing the expected file anew makes it right.
        public var isUpdatable: Bool {
            switch self {
            case .missing, .different: true
            case .unstable: false
            }
        }
    }

    /// What came out.
    public let record: GoldenRecord
    /// What is not as it should be; empty when the case holds.
    public let problems: [Problem]
}
