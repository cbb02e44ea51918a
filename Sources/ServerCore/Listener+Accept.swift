import Logging
import NIOCore

extension Listener {
    /// Takes in one accepted connection, on its event loop.
    ///
    /// - Throws: An error when it may not stay; whoever called closes the channel.
    func setUp(_ channel: any Channel) throws {
        let peer = try PeerAddressProbe.address(of: channel)
        let source = peer?.ipAddress
        guard admission.admit(source) == .admitted, let registry = registry(of: channel) else {
            throw ConnectionRefused()
        }
        registry.insert(channel)
        let admission = admission
        channel.closeFuture.assumeIsolated().whenComplete { _ in
            registry.remove(channel)
            admission.release(source)
        }
        do {
            let connection = ConnectionContext(peer: peer, eventLoop: channel.eventLoop, serverState: state)
            try initializer.initialize(channel, connection)
        } catch {
            counters.countFailedSetup()
            logger.warning(
                "connection set-up failed",
                metadata: ["error": "\(error)", "peer": "\(peer, default: "-")"]
            )
            throw error
        }
    }
}

/// The connection is over a limit; it was counted where that was decided.
struct ConnectionRefused: Error {}
