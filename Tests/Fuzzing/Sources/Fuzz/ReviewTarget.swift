import Injection

/// Whole AdmissionReviews through the engine, with the shipped catalog.
struct ReviewTarget: FuzzTarget {
    static let name = "review"
    private let check: ReviewCheck

    init() throws {
        check = try ReviewCheck()
    }

    func run(_ input: [UInt8]) {
        let problem = check.problem(with: input)
        require(problem == nil, problem ?? "")
    }
}
