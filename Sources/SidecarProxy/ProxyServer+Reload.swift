import Logging
import NIOCore
public import ProxyConfiguration
import Synchronization

extension ProxyServer {
    /// Takes another configuration for requests and connections from now on; those under way keep the old one.
    ///
    /// Everything is made ready first: a configuration with a fault changes nothing. Listeners keep their addresses; one
    /// that comes, goes or moves needs a restart.
    ///
    /// - Throws: What is wrong with it.
    public func reload(_ bootstrap: Bootstrap) async throws {
        do {
            try await apply(bootstrap)
            reloads.configurations.add(1, ordering: .relaxed)
            logger.info("a new configuration is in use")
        } catch {
            reloads.configurationFailures.add(1, ordering: .relaxed)
            logger.error("the configuration in use stays", metadata: ["error": "\(error)"])
            throw error
        }
    }

    /// Counts a configuration that could not be read.
    public func noteUnreadableConfiguration(_ reason: String) {
        reloads.configurationFailures.add(1, ordering: .relaxed)
        logger.error("the configuration in use stays", metadata: ["error": "\(reason)"])
    }

    /// Reads all certificates and keys again, and takes into use what is new and sound.
    ///
    /// Blocks while it reads: never call it on a loop that serves.
    public func reloadCertificates() {
        for credentials in snapshot.credentials {
            do {
                guard try credentials.reload() else {
                    reloads.failing.withLock { $0[credentials.label] = nil }
                    continue
                }
                reloads.certificates.add(1, ordering: .relaxed)
                reloads.failing.withLock { $0[credentials.label] = nil }
                logger.info("a new certificate is in use", metadata: ["for": "\(credentials.label)"])
            } catch {
                // A set that stays broken is told once.
                let isNew = reloads.failing.withLock { failing in
                    defer { failing[credentials.label] = "\(error)" }
                    return failing[credentials.label] != "\(error)"
                }
                guard isNew else { continue }
                reloads.certificateFailures.add(1, ordering: .relaxed)
                let metadata: Logger.Metadata = ["for": "\(credentials.label)", "error": "\(error)"]
                logger.error("the certificate in use stays", metadata: metadata)
            }
        }
    }

    private func apply(_ bootstrap: Bootstrap) async throws {
        let old = snapshot.bootstrap.listeners.map(\.address)
        guard bootstrap.listeners.map(\.address) == old else {
            throw ReloadError("listeners have come, gone or moved: restart the proxy")
        }
        let new = try ProxySnapshot(bootstrap, after: snapshot, spans: tables.spans)
        try exporters.follow(new)
        for plan in new.listeners { plan.openLogs(tables.sinks) }
        for worker in workers.values {
            try await worker.eventLoop.submit { worker.value.apply(new) }.get()
        }
        for (initializer, plan) in zip(initializers, new.listeners) { initializer.plan = plan }
        use(new)
    }
}
