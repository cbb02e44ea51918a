import NIOCore
import NIOPosix

extension UpstreamEndpoint {
    /// Makes a connection for whoever waits first by then.
    func connect() {
        counters.connections.add()
        counters.activeConnections.add()
        connecting += 1
        let bound = NIOLoopBound(self, eventLoop: context.worker.eventLoop)
        ClientBootstrap(group: context.worker.eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(context.connectTimeout)
            .connect(to: address)
            .whenComplete { bound.value.connectEnded($0) }
    }

    /// Runs on the loop before anything can have been read.
    private func connectEnded(_ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel):
            do {
                try established(channel)
            } catch {
                channel.close(promise: nil)
                failed(.refused)
            }
        case .failure(let error):
            failed(ConnectFailure(error))
        }
    }

    private func established(_ channel: any Channel) throws {
        let connection = HTTP1Upstream(endpoint: self)
        try channel.pipeline.syncOperations.addHandler(connection)
        connecting -= 1
        guard let waiter = nextWaiter() else { return putBack(connection) }
        connection.begin(waiter.exchange)
        waiter.exchange.connected(connection)
    }

    private func failed(_ failure: ConnectFailure) {
        connecting -= 1
        counters.activeConnections.add(-1)
        counters.connectFailures.add()
        if failure == .timeout { counters.connectTimeouts.add() }
        nextWaiter()?.exchange.connectFailed(failure)
    }
}
