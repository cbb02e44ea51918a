import Glibc
import Logging
import Observability
import ProxyConfiguration
import ServerCore
import SidecarProxy
import UnixSignals

/// The commands.
enum ProxyProgram {
    /// Does what the options say.
    ///
    /// - Returns: The exit code.
    static func run(_ options: ProxyOptions) async throws -> CInt {
        switch options.command {
        case .help:
            StandardError.write(ProxyHelp.text + "\n", to: STDOUT_FILENO)
            return ExitCode.success
        case .version:
            StandardError.write("pillion-proxy \(ProxyVersion.current)\n", to: STDOUT_FILENO)
            return ExitCode.success
        case .validate:
            return try validate(options.files + [options[.config]].compactMap(\.self))
        case .fields:
            StandardError.write(ConfigurationReference.markdown, to: STDOUT_FILENO)
            return ExitCode.success
        case .ready:
            return try ask(options, .healthPort, 15121, "GET", "/ready")
        case .drain:
            return try ask(options, .adminPort, 15100, "POST", "/drain_listeners")
        case .quit:
            return try ask(options, .adminPort, 15100, "POST", "/quitquitquit")
        case .serve:
            return try await serve(options)
        }
    }

    /// Looks at all files, whatever is wrong with the first.
    private static func validate(_ files: [String]) throws -> CInt {
        guard !files.isEmpty else { throw UsageError(reason: "validate needs FILE..., or -c FILE") }
        var code = ExitCode.success
        for file in files {
            do {
                _ = try BootstrapSource.read(file)
                StandardError.write("\(file): valid\n", to: STDOUT_FILENO)
            } catch let refused as RefusedConfiguration {
                for line in refused.lines { StandardError.print(line) }
                code = ExitCode.configuration
            }
        }
        return code
    }

    private static func ask(
        _ options: ProxyOptions,
        _ setting: ProxyOptions.Setting,
        _ standard: UInt16,
        _ method: String,
        _ path: String
    ) throws -> CInt {
        var port = try options.address(setting, host: "127.0.0.1")?.port
        if port == nil, setting == .adminPort, let file = options[.config] {
            port = try BootstrapSource.read(file).admin?.port
        }
        let target = port ?? standard
        switch OperationsClient.request(method, path, port: target) {
        case 200?: return ExitCode.success
        case let status?: StandardError.print("pillion-proxy: 127.0.0.1:\(target)\(path) answered \(status)")
        case nil: StandardError.print("pillion-proxy: nothing answers on 127.0.0.1:\(target)")
        }
        return ExitCode.failure
    }

    private static func serve(_ options: ProxyOptions) async throws -> CInt {
        var settings = try settings(options)
        guard let level = Logger.Level(rawValue: options[.logLevel] ?? "info") else {
            throw UsageError(reason: "--log-level must be trace, debug, info, notice, warning, error or critical")
        }
        FileDescriptorLimit.raise()
        let threshold = LogThreshold(level)
        settings.logThreshold = threshold
        let sink = LogSink(descriptor: STDERR_FILENO)
        let logger = Logger(label: "pillion-proxy") { label in
            LineLogHandler(label: label, sink: sink, format: .suited(to: STDERR_FILENO), threshold: threshold)
        }
        defer { _ = sink.flush(within: .milliseconds(200)) }
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let server = try await ProxyServer(settings: settings, logger: logger)
        do {
            try await server.start {
                // The admin port ends the program by the way that everyone else takes.
                _ = kill(getpid(), SIGTERM)
            }
        } catch {
            logger.critical("cannot start", metadata: ["error": "\(error)"])
            return ExitCode.configuration
        }
        logger.info("ready", metadata: ["loops": "\(settings.concurrency)", "version": "\(ProxyVersion.current)"])
        ProgramText.release()
        let watcher = ConfigurationWatcher(server: server, options: options)
        let tasks = [
            Task { await watcher.run() }, Task { await FreedMemory.giveBack() }, Task { await releaseTextAgain() },
            Task { await server.watchMemory() },
        ]
        await leaveOnSignal(signals, server, watcher)
        for task in tasks { task.cancel() }
        logger.info("left")
        return ExitCode.success
    }

    /// Lets go of code once more when the first looks at files and the first probes are over, which need more of it than
    /// what follows.
    private static func releaseTextAgain() async {
        guard (try? await Task.sleep(for: .seconds(3))) != nil else { return }
        ProgramText.release()
    }

    /// Waits for SIGTERM or SIGINT and leaves; a second one ends the wait.
    private static func leaveOnSignal(
        _ signals: UnixSignalsSequence,
        _ server: ProxyServer,
        _ watcher: ConfigurationWatcher
    ) async {
        let (first, told) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var count = 0
                for await signal in signals {
                    guard signal != .sighup else {
                        await watcher.look(force: true)
                        continue
                    }
                    count += 1
                    guard count == 1 else { return }
                    told.yield()
                }
            }
            group.addTask {
                for await _ in first { break }
                await server.leave()
            }
            await group.next()
            group.cancelAll()
        }
    }

    private static func settings(_ options: ProxyOptions) throws -> ProxySettings {
        let bootstrap = try BootstrapSource.bootstrap(options, podAddress: Environment.value("POD_IP"))
        var settings = ProxySettings(bootstrap: bootstrap, version: ProxyVersion.current)
        settings.configurationFile = options[.config] ?? ""
        settings.concurrency = try options.loops(allowed: ProcessorQuota.allowed())
        settings.health = try options.operations(.healthPort, standard: NetworkAddress(host: "::", port: 15121))
        settings.metrics = try options.operations(.metricsPort, standard: NetworkAddress(host: "::", port: 15190))
        let admin = bootstrap.admin ?? NetworkAddress(host: "127.0.0.1", port: 15100)
        settings.admin = try options.operations(.adminPort, standard: admin)
        if let seconds = try options.graceSeconds() { settings.exit.gracePeriod = .seconds(seconds) }
        if let text = options[.lifeCycle] {
            guard let lifeCycle = ExitPolicy.LifeCycle(rawValue: text) else {
                throw UsageError(reason: "--life-cycle must be auto, native or plain")
            }
            settings.exit.lifeCycle = lifeCycle
        }
        return settings
    }
}
