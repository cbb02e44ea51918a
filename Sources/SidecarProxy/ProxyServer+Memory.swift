import Logging
import ServerCore
import Synchronization

extension ProxyServer {
    private static var measuring: Duration { .milliseconds(250) }

    /// Refuses new requests while the container has nearly used up its memory, for being killed would end them all.
    ///
    /// Requests get 503 with the flag OM, connections of `tcp_proxy` are closed. Without a limit there is nothing to do.
    /// Returns when the task is cancelled.
    public func watchMemory() async {
        guard let limit = MemoryLimit.current() else { return }
        var pressure = MemoryPressure(limit: limit)
        while (try? await Task.sleep(for: Self.measuring)) != nil {
            guard let used = MemoryUsage.current(), pressure.update(used: used) else { continue }
            tables.isShortOfMemory.store(pressure.isShort, ordering: .relaxed)
            let metadata: Logger.Metadata = ["used": "\(used)", "limit": "\(limit)"]
            if pressure.isShort {
                logger.warning("short of memory: new requests are refused", metadata: metadata)
            } else {
                logger.notice("memory suffices again", metadata: metadata)
            }
        }
    }
}
