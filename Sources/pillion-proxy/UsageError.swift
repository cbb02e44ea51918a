/// What is wrong with the command line or the environment.
struct UsageError: Error, Equatable {
    /// What is wrong and what is right.
    let reason: String
}
