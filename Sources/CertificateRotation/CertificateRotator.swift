public import KubernetesAPI
public import OpenSSL
public import ServerTLS
import ServiceLifecycle
import Synchronization

/// Keeps a server's certificates itself, together with the other replicas, through the API server.
///
/// It looks at everything whenever the Secret or a webhook configuration changes, when the plan says so, and once a
/// minute: configurations first, then the Secret, so that what it publishes is never older than what it read there. One
/// step is taken a look (``RotationPlanner``); every write names the version it was made for, so of two replicas one
/// wins and the other takes up what is there. While the API server is away, what was served last goes on being served.
///
/// ```
/// ObjectWatch (Secret, configurations) -> WakeSignal -> look -> RotationPlanner -> Secret, caBundle
///                                                                              '-> TLSContextProvider
/// ```
public final class CertificateRotator: CertificateSource {
    /// Where the server gets its TLS contexts; without any until the first look that finds or makes a certificate.
    public let contexts = TLSContextProvider()

    let settings: RotationSettings
    let client: KubernetesClient
    let planner: RotationPlanner
    let issuer: CertificateIssuer
    let now: @Sendable () -> Int64
    let report: @Sendable (RotationEvent) -> Void
    let configuration: @Sendable (CertificateChain, PrivateKey) throws(OpenSSLError) -> TLSServerConfiguration
    let memory = Mutex(RotationMemory())
    private let wake = WakeSignal()

    /// Makes a rotator; nothing is asked before it runs.
    ///
    /// - Parameters:
    ///   - settings: What to keep, and for whom.
    ///   - client: The way to the API server.
    ///   - configuration: Makes the rest of the server's TLS configuration; called for every look that serves, so that
    ///     files it reads (authorities of clients) are as fresh as the certificates.
    ///   - report: Told, from any thread, of everything that happens.
    ///   - now: The time in seconds since 1970.
    public init(
        settings: RotationSettings,
        client: KubernetesClient,
        configuration:
            @escaping @Sendable (CertificateChain, PrivateKey) throws(OpenSSLError) -> TLSServerConfiguration,
        report: @escaping @Sendable (RotationEvent) -> Void,
        now: @escaping @Sendable () -> Int64 = { CertificateReloader.systemTime() }
    ) {
        self.settings = settings
        self.client = client
        self.configuration = configuration
        self.report = report
        self.now = now
        planner = RotationPlanner(settings.policy)
        issuer = CertificateIssuer(policy: settings.policy, names: settings.names)
    }

    /// The state of the serving certificate, from any thread.
    public var status: CertificateStatus { memory.withLock { $0.status } }

    /// The end of validity of the authority that signs, in seconds since 1970; 0 while none is known.
    public var authorityNotAfter: Int64 { memory.withLock { $0.authorityNotAfter } }

    /// Whether every webhook configuration trusts the authority of the serving certificate.
    public var isPublished: Bool { memory.withLock { $0.isPublished } }

    /// Looks, and follows the objects, until the task is cancelled or a graceful shutdown begins.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                for object in [self.settings.secret] + self.settings.configurations {
                    let watch = ObjectWatch(object, by: self.client) { [report = self.report] error in
                        report(.failed(error))
                    } changed: { [wake = self.wake] in
                        wake.signal()
                    }
                    tasks.addTask { await watch.run() }
                }
                await self.look()
                tasks.cancelAll()
            }
        }
    }

    /// Has everything looked at now: for SIGHUP.
    @discardableResult
    public func reload() async throws -> CertificateReport {
        wake.signal()
        let status = status
        return CertificateReport(
            result: .unchanged,
            message: "the API server is asked again",
            notAfter: status.notAfter,
            fingerprint: status.fingerprint
        )
    }

    /// Looks again and again until the task is cancelled.
    private func look() async {
        var backoff = Backoff(initial: settings.minimumInterval)
        while !Task.isCancelled {
            let outcome = await reconcile()
            let wait: Duration
            switch outcome {
            case .changed:
                wait = .zero
                wake.signal()
            case .settled(let wakeAt):
                backoff.reset()
                let seconds = max(0, wakeAt.subtractingReportingOverflow(now()).partialValue)
                wait = min(.seconds(min(seconds, 86_400)), settings.resync * Double.random(in: 0.8...1.2))
            case .failed:
                wait = backoff.next(random: Double.random(in: 0...1))
            }
            // What happens often is answered at a bounded rate.
            do { try await Task.sleep(for: settings.minimumInterval) } catch { return }
            await wake.wait(for: wait)
        }
    }
}
