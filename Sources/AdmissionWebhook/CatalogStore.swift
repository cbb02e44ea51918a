public import Injection
public import SidecarCatalog
import Synchronization

/// The catalog in use: an immutable snapshot that is swapped as a whole.
///
/// A request keeps the snapshot it started with. A catalog that is broken never gets here; its failure does.
public final class CatalogStore: Sendable {
    /// A catalog with the engine made for it.
    public struct Snapshot: Sendable {
        /// The catalog.
        public let catalog: Catalog
        /// The engine.
        public let reviewer: AdmissionReviewer
        /// How many catalogs have been in use, this one included.
        public let generation: UInt64
    }

    private struct State {
        var snapshot: Snapshot
        var failure: String?
    }

    private let settings: AdmissionReviewer.Settings
    private let state: Mutex<State>

    /// Starts with a catalog.
    public init(_ catalog: Catalog, settings: AdmissionReviewer.Settings) {
        self.settings = settings
        let reviewer = AdmissionReviewer(catalog: catalog, settings: settings)
        self.state = Mutex(State(snapshot: Snapshot(catalog: catalog, reviewer: reviewer, generation: 1)))
    }

    /// The catalog in use.
    public var snapshot: Snapshot {
        state.withLock { $0.snapshot }
    }

    /// Why the files' catalog is not the one in use; nil when it is.
    public var failure: String? {
        state.withLock { $0.failure }
    }

    /// Takes a catalog into use.
    ///
    /// - Parameter catalog: The new catalog.
    /// - Returns: Whether it differs from the one before.
    @discardableResult
    public func install(_ catalog: Catalog) -> Bool {
        let reviewer = AdmissionReviewer(catalog: catalog, settings: settings)
        return state.withLock { state in
            state.failure = nil
            let isNew = state.snapshot.catalog.hash != catalog.hash
            let generation = state.snapshot.generation &+ (isNew ? 1 : 0)
            state.snapshot = Snapshot(catalog: catalog, reviewer: reviewer, generation: generation)
            return isNew
        }
    }

    /// Notes that the files hold no usable catalog; the one in use stays.
    ///
    /// - Parameter problems: What is wrong, a line a finding.
    /// - Returns: Whether this is news.
    @discardableResult
    public func fail(_ problems: String) -> Bool {
        state.withLock { state in
            let isNews = state.failure != problems
            state.failure = problems
            return isNews
        }
    }
}
