import Glibc

// Before anything else: a peer that closes must be an error on a socket, not the end of the process.
_ = signal(SIGPIPE, SIG_IGN)

do {
    let options = try ProxyOptions(arguments: Array(CommandLine.arguments.dropFirst()), environment: Environment.value)
    exit(try await ProxyProgram.run(options))
} catch let error as UsageError {
    StandardError.print("pillion-proxy: \(error.reason)")
    exit(ExitCode.usage)
} catch let error as RefusedConfiguration {
    for line in error.lines { StandardError.print(line) }
    exit(ExitCode.configuration)
} catch {
    StandardError.print("pillion-proxy: \(error)")
    exit(ExitCode.failure)
}
