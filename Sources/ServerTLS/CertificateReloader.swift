import Glibc
import NIOPosix
public import OpenSSL
import ServiceLifecycle
import Synchronization

/// Keeps a server's certificates those of the files.
///
/// It looks every second, on a thread of its own, resolving symbolic links each time, so it sees Kubernetes swap
/// `..data` as well as a file that is replaced or rewritten. A new set is read whole, parsed, matched, checked for its
/// validity and turned into TLS contexts; only then do new connections use it. A set that fails any of this changes
/// nothing but the ``status``, and is tried again with every look.
///
/// Run it as a service; ``contexts`` serves without that too, from what was read at the start.
public final class CertificateReloader: CertificateSource {
    /// Where the server gets its TLS contexts.
    public let contexts: TLSContextProvider

    private let files: CertificateFiles
    private let interval: Duration
    private let now: @Sendable () -> Int64
    private let report: @Sendable (CertificateReport) -> Void
    private let pool: NIOThreadPool
    private let history: Mutex<ReloadHistory>

    /// Reads the files for the first time; blocks while it does.
    ///
    /// - Parameters:
    ///   - files: Where the certificates lie.
    ///   - clientNames: The names of clients that may connect, where the files name clients' authorities; empty for all.
    ///   - applicationProtocols: The protocols to agree on by ALPN, in order of preference; empty to ignore offers.
    ///   - interval: How often to look.
    ///   - report: Told, on the reloader's thread, of every new set, every new failure, every ``reload()``, and once a
    ///     day of what expires soon.
    ///   - now: The time in seconds since 1970.
    /// - Throws: What is wrong with the files; a program ends with that.
    public init(
        files: CertificateFiles,
        clientNames: Set<String> = [],
        applicationProtocols: [String] = [],
        interval: Duration = .seconds(1),
        report: @escaping @Sendable (CertificateReport) -> Void = { _ in },
        now: @escaping @Sendable () -> Int64 = { CertificateReloader.systemTime() }
    ) throws(OpenSSLError) {
        let set = try CertificateSet(files, contents: files.read().contents, now: now())
        var configuration = TLSServerConfiguration(chain: set.chain, key: set.key)
        configuration.clientAuthorities = set.clientAuthorities
        configuration.clientNames = clientNames
        configuration.revocationLists = set.revocationLists
        configuration.applicationProtocols = applicationProtocols
        contexts = try TLSContextProvider(configuration)
        history = Mutex(ReloadHistory(set))
        self.files = files
        self.interval = interval
        self.now = now
        self.report = report
        pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }

    /// The time of the system's clock in seconds since 1970, for certificates are dated by it.
    public static func systemTime() -> Int64 {
        Int64(time(nil))
    }

    /// The state of the certificates, from any thread.
    public var status: CertificateStatus {
        history.withLock { $0.status }
    }

    /// Looks every interval until the task is cancelled or a graceful shutdown begins.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                while true {
                    try await Task.sleep(for: self.interval)
                    try await self.pool.runIfActive { self.look() }
                }
            } catch {
                // Cancelled, which is how a service is told to end.
            }
        }
    }

    /// Reads the files now, changed or not, and reports the outcome: for SIGHUP.
    @discardableResult
    public func reload() async throws -> CertificateReport {
        try await pool.runIfActive {
            let (outcome, _) = self.load()
            self.report(outcome)
            return outcome
        }
    }

    /// Reads the files if they may have changed; reports a new set and a new failure.
    private func look() {
        defer { warnOfExpiry() }
        // A file that cannot be looked at is reported by the load that follows.
        if let stamps = try? files.stamps(), history.withLock({ $0.knows(stamps) }) { return }
        let (outcome, isNews) = load()
        if isNews { report(outcome) }
    }

    private func warnOfExpiry() {
        guard let warning = history.withLock({ $0.expiryWarning(now: now()) }) else { return }
        report(describe(.expiring, warning))
    }

    /// Reads the files and takes them into use if they are new and sound.
    ///
    /// Runs on the pool's one thread, so two loads never overlap.
    private func load() -> (report: CertificateReport, isNews: Bool) {
        do throws(OpenSSLError) {
            let (contents, stamps) = try files.read()
            let set = try CertificateSet(files, contents: contents, now: now())
            let isNew = history.withLock { !$0.uses(set) }
            if isNew { try contexts.install(configuration(of: set)) }
            history.withLock { $0.accept(set, stamps, now: now()) }
            let message = isNew ? "a new certificate is in use" : "the certificate has not changed"
            return (describe(isNew ? .loaded : .unchanged, message), isNew)
        } catch {
            let isNew = history.withLock { $0.fail(error) }
            return (describe(.failed, "\(error); the certificate in use stays"), isNew)
        }
    }

    private func configuration(of set: CertificateSet) -> TLSServerConfiguration {
        var configuration = contexts.configuration ?? TLSServerConfiguration(chain: set.chain, key: set.key)
        configuration.chain = set.chain
        configuration.key = set.key
        configuration.clientAuthorities = set.clientAuthorities
        configuration.revocationLists = set.revocationLists
        return configuration
    }

    private func describe(_ result: CertificateReport.Result, _ message: String) -> CertificateReport {
        let status = status
        return CertificateReport(
            result: result,
            message: message,
            notAfter: status.notAfter,
            fingerprint: status.fingerprint
        )
    }
}
