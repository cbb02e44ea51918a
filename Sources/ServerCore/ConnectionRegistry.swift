import NIOCore

/// The live connections of one listener on one event loop; touched only on that loop.
final class ConnectionRegistry {
    private var channels: [ObjectIdentifier: any Channel] = [:]

    /// The number of live connections.
    var count: Int { channels.count }

    /// Adds a channel; it must be removed when it closes.
    func insert(_ channel: any Channel) {
        channels[ObjectIdentifier(channel)] = channel
    }

    /// Removes a channel that closed.
    func remove(_ channel: any Channel) {
        channels[ObjectIdentifier(channel)] = nil
    }

    /// Fires `event` through the pipeline of every live connection.
    func send(_ event: DrainEvent) {
        // A handler may close its channel in answer, which changes the table: walk a copy.
        for channel in Array(channels.values) {
            channel.pipeline.syncOperations.fireUserInboundEventTriggered(event)
        }
    }

    /// Closes every live connection.
    func closeAll() {
        for channel in Array(channels.values) {
            channel.close(promise: nil)
        }
    }
}
