/// The outcome of tests, grouped in suites.
public struct TestReport: Sendable, Equatable {
    /// What became of a case.
    public enum Outcome: Sendable, Equatable {
        /// It is as it should be; `note` is worth knowing and may be empty.
        case passed(note: String = "")
        /// It is not as it should be.
        case failed(message: String, kind: String, details: String)
        /// It could not be tried.
        case broken(message: String)
        /// It was left out, and why.
        case skipped(reason: String)
    }

    /// One test.
    public struct Case: Sendable, Equatable {
        /// The test's name.
        public let name: String
        /// What it belongs to: a file, a folder or a class.
        public let className: String
        /// How long it took, in milliseconds; nil when nobody measured.
        public let milliseconds: Int?
        /// What became of it.
        public let outcome: Outcome

        /// Makes a case.
        public init(name: String, className: String, milliseconds: Int? = nil, outcome: Outcome) {
            self.name = name
            self.className = className
            self.milliseconds = milliseconds
            self.outcome = outcome
        }
    }

    /// Tests that belong together.
    public struct Suite: Sendable, Equatable {
        /// The suite's name.
        public let name: String
        /// Its tests in order.
        public let cases: [Case]

        /// Makes a suite.
        public init(name: String, cases: [Case]) {
            self.name = name
            self.cases = cases
        }
    }

    /// What was tested.
    public let name: String
    /// The suites in order.
    public let suites: [Suite]

    /// Makes a report.
    public init(name: String, suites: [Suite]) {
        self.name = name
        self.suites = suites
    }
}
