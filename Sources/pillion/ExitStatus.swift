import ArgumentParser

/// The exit codes of every command.
enum ExitStatus {
    /// The answer is no: denied, findings, differences.
    static let negative = ExitCode(1)
    /// Bad input, or a failure of what the command needs.
    static let failure = ExitCode(2)
}

/// Something that ends a command with `ExitStatus.failure` after its message has been shown.
struct CommandFailure: Error {
    /// What happened, to what, and what to do.
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
