import ArgumentParser
import Glibc

/// The standard streams of a command.
enum Console {
    /// Writes a result to standard output.
    ///
    /// - Throws: An exit code when nobody reads any more or the disk is full.
    static func write(_ bytes: [UInt8]) throws {
        try write(bytes, to: STDOUT_FILENO)
    }

    /// Writes a result to standard output.
    static func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    /// Says something to the person who called; a result never goes here.
    static func note(_ text: String) {
        // Standard error that cannot be written leaves nobody to tell.
        try? write(Array("\(text)\n".utf8), to: STDERR_FILENO)
    }

    /// Writes to standard error without ending the line.
    static func show(_ text: String) {
        try? write(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Whether standard output is shown to somebody who wants colours.
    ///
    /// | environment | colours |
    /// |---|---|
    /// | `NO_COLOR` is not empty (https://no-color.org) | never |
    /// | `FORCE_COLOR` is not empty and not `0` (https://force-color.org) | always |
    /// | `TERM=dumb` | never |
    /// | otherwise | on a terminal |
    static var isColored: Bool {
        guard (Environment["NO_COLOR"] ?? "").isEmpty else { return false }
        guard ["", "0"].contains(Environment["FORCE_COLOR"] ?? "") else { return true }
        return Environment["TERM"] != "dumb" && isatty(STDOUT_FILENO) == 1
    }

    /// Runs the body of a command; a failure is shown and becomes exit code 2.
    static func run<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let code as ExitCode {
            throw code
        } catch {
            note("error: \((error as? CommandFailure)?.message ?? "\(error)")")
            throw ExitStatus.failure
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Safety: the buffer lives for the call and its own count is passed.
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                throw ExitStatus.failure
            }
            rest = rest.dropFirst(count)
        }
    }
}
