import NIOPosix
public import ServiceLifecycle
import Synchronization

/// Keeps the catalog in use that of the files.
///
/// It looks every second, on a thread of its own. A new catalog is read, checked and compiled before it is swapped in; a
/// broken one changes nothing but the store's failure, and is tried again when the files change again.
public final class CatalogReloader: Service {
    /// What became of a look at the files.
    public enum Outcome: Sendable, Equatable {
        /// Nothing has changed.
        case unchanged
        /// Another catalog is in use.
        case installed
        /// The files hold no usable catalog; what is wrong, a line a finding.
        case failed(String)
    }

    private let path: String
    private let store: CatalogStore
    private let interval: Duration
    private let report: @Sendable (Outcome) -> Void
    private let pool = NIOThreadPool(numberOfThreads: 1)
    private let stamp: Mutex<CatalogStamp?>

    /// Makes a reloader; the catalog in the store is the one read from `path` before.
    ///
    /// - Parameters:
    ///   - path: A file or a folder.
    ///   - store: Where new catalogs go.
    ///   - stamp: What the files were when the store's catalog was read; nil to read them again at the first look.
    ///   - interval: How often to look.
    ///   - report: Told, on the reloader's thread, of every new catalog and every new failure.
    public init(
        path: String,
        store: CatalogStore,
        stamp: CatalogStamp? = nil,
        interval: Duration = .seconds(1),
        report: @escaping @Sendable (Outcome) -> Void
    ) {
        self.path = path
        self.store = store
        self.interval = interval
        self.report = report
        self.stamp = Mutex(stamp)
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }

    /// Looks every interval until the task is cancelled or a graceful shutdown begins.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                while true {
                    try await Task.sleep(for: self.interval)
                    _ = try await self.pool.runIfActive { self.look(always: false) }
                }
            } catch {
                // Cancelled, which is how a service is told to end.
            }
        }
    }

    /// Reads the files now, changed or not: for SIGHUP.
    @discardableResult
    public func reload() async throws -> Outcome {
        try await pool.runIfActive { self.look(always: true) }
    }

    private func look(always: Bool) -> Outcome {
        guard always || stamp.withLock({ $0 }) != CatalogStamp(path: path) else { return .unchanged }
        let reading = CatalogReader.read(path)
        stamp.withLock { $0 = reading.stamp }
        guard let catalog = reading.catalog else {
            let outcome = Outcome.failed(reading.problems)
            if store.fail(reading.problems) || always { report(outcome) }
            return outcome
        }
        let outcome = store.install(catalog) ? Outcome.installed : .unchanged
        if outcome == .installed || always { report(outcome) }
        return outcome
    }
}
