import SidecarProxy

/// Has the proxy follow its configuration file and its certificates.
///
/// It looks every second: by content, so that Kubernetes' swap of `..data`, a replaced file and a rewritten one are all
/// seen, and a touched one is not.
actor ConfigurationWatcher {
    private let server: ProxyServer
    private let options: ProxyOptions
    private var seen: [UInt8]?
    private var isLooking = false
    private var isForcedAgain = false

    /// How often it looks.
    private static let interval = Duration.seconds(1)

    /// Makes a watcher of the file that `options` name; without one it looks at certificates only.
    init(server: ProxyServer, options: ProxyOptions) {
        self.server = server
        self.options = options
        seen = options[.config].flatMap { TextFile.read($0) }
    }

    /// Looks until the task is cancelled.
    func run() async {
        while (try? await Task.sleep(for: Self.interval)) != nil { await look(force: false) }
    }

    /// Looks once, or once more when a look is under way: two configurations must not be put in place at a time.
    ///
    /// - Parameter force: Whether the file is taken even if it is the same as before: for SIGHUP.
    func look(force: Bool) async {
        guard !isLooking else {
            isForcedAgain = isForcedAgain || force
            return
        }
        isLooking = true
        defer { isLooking = false }
        var force = force
        repeat {
            isForcedAgain = false
            await lookOnce(force: force)
            force = isForcedAgain
        } while isForcedAgain
    }

    private func lookOnce(force: Bool) async {
        server.reloadCertificates()
        guard let file = options[.config], let bytes = TextFile.read(file), force || bytes != seen else { return }
        // A broken file is told once; the next change is looked at again.
        seen = bytes
        do {
            let bootstrap = try BootstrapSource.bootstrap(options, podAddress: Environment.value("POD_IP"))
            // What is wrong is in the log, and the configuration in use stays.
            try? await server.reload(bootstrap)
        } catch let error as RefusedConfiguration {
            server.noteUnreadableConfiguration(error.lines.joined(separator: "; "))
        } catch {
            server.noteUnreadableConfiguration("\(error)")
        }
    }
}
