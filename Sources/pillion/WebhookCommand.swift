import ArgumentParser
import Glibc
import Logging
import Observability
import ServerCore
import UnixSignals

/// Runs the admission webhook.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "Serve the mutating admission webhook over HTTPS.",
        discussion: """
            POST /mutate, /validate and /advise answer AdmissionReviews; /livez and /readyz answer on both ports, /metrics
            on the plain one. Every setting is a flag, a variable PILLION_NAME, or a line of the file --config.
            SIGTERM and SIGINT drain, a second one ends at once; SIGHUP reloads certificate and catalog.
            Exit status: 0 drained, 2 it could not start.

            Example:
              pillion webhook --catalog catalog/ --tls-cert tls.crt --tls-key tls.key
            """
    )

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var selfSigned: SelfSignedOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var tracing: TracingOptions
    @OptionGroup var manifests: ManifestsOptions

    @Option(help: "The least severe log level: trace, debug, info, notice, warning, error or critical.")
    var logLevel: LogLevel = .info

    @Option(help: "How log lines look: json or text. Default: text on a terminal, else json.")
    var logFormat: LogStyle?

    @Option(
        help: ArgumentHelp(
            "Settings in YAML, by the names of the flags; a flag or a variable PILLION_NAME is stronger.",
            valueName: "file"
        )
    )
    var config: String?

    @Flag(help: "Print the value of every setting and where it comes from, as a configuration file, and end.")
    var printConfig = false

    /// The Service that certificates are made for.
    var serviceName: String { selfSigned.selfSignedService ?? manifests.service }

    func validate() throws {
        guard !(selfSigned.selfSigned && server.tlsCert != nil) else {
            throw ValidationError("--self-signed and --tls-cert exclude each other")
        }
    }

    func run() async throws {
        if printConfig { return try Console.run { try printConfiguration() } }
        if manifests.printManifests {
            return try Console.run { try Console.write(try manifests.render(self)) }
        }
        // Before anything else: a peer that goes away must not end the process.
        signal(SIGPIPE, SIG_IGN)
        // Before anybody can know the port: a signal that comes now waits until the server can obey it.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let sink = LogSink(descriptor: STDERR_FILENO)
        let format = logFormat?.format ?? LogFormat.suited(to: STDERR_FILENO)
        let logger = Logger(label: "pillion") { [level = logLevel.level] label in
            LineLogHandler(label: label, sink: sink, format: format, level: level)
        }
        do {
            let decisions = FieldLog(label: "pillion", sink: sink, format: format, level: logLevel.level)
            let program = try WebhookProgram(command: self, logger: logger, decisions: decisions, sink: sink)
            try await program.run(until: signals)
            _ = sink.flush(within: .seconds(1))
            sink.close()
        } catch {
            _ = sink.flush(within: .seconds(1))
            sink.close()
            Console.note("error: \((error as? CommandFailure)?.message ?? "\(error)")")
            throw ExitStatus.failure
        }
    }

    private func printConfiguration() throws {
        guard let resolution = try Self.resolution(of: Array(CommandLine.arguments.dropFirst())) else { return }
        try Console.write(WebhookSettings.text(of: self, resolution))
    }
}
