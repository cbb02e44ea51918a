import Glibc
import LoadBalancing
import NIOCore
import NIOPosix
import OpenSSL
import ProxyConfiguration
import ServerCore

extension UpstreamEndpoint {
    /// Makes a connection for whoever waits first by then; the caller has taken the place for it.
    func connect() {
        connecting += 1
        unbegun += 1
        context.worker.connects.add(self)
    }

    /// Begins to make a connection, or gives its place back when nobody waits for it any more.
    ///
    /// - Returns: Whether one is begun.
    func beginConnecting() -> Bool {
        unbegun -= 1
        guard isAwaited(beyond: connecting - unbegun - 1) else {
            connecting -= 1
            context.release(.connection)
            return false
        }
        connectionBegan()
        let bound = NIOLoopBound(self, eventLoop: context.worker.eventLoop)
        // Records of TLS and frames of HTTP/2 are read several at a time.
        let amount = context.credentials == nil && !context.isShared ? ReadAmount.least : .large
        bootstrap(reading: amount).connect(to: address).whenComplete { bound.value.connectEnded($0) }
        return true
    }

    private func bootstrap(reading amount: ReadAmount) -> ClientBootstrap {
        let address = address
        var bootstrap = ClientBootstrap(group: context.worker.eventLoop)
            .channelInitializer { channel in
                Pacing.avoid(by: channel, address: address)
                ReceiveWindow.widen(of: channel, toward: address)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.maxMessagesPerRead, value: amount.count)
            .channelOption(.recvAllocator, value: amount.allocator)
            .connectTimeout(context.connectTimeout)
        if let buffering = context.buffering {
            bootstrap = bootstrap.channelOption(.writeBufferWaterMark, value: buffering.waterMark)
        }
        guard let keepalive = context.keepalive else { return bootstrap }
        bootstrap = bootstrap.channelOption(.socketOption(.so_keepalive), value: 1)
        let options: [(CInt, Int?)] = [
            (TCP_KEEPCNT, keepalive.probes), (TCP_KEEPIDLE, keepalive.time), (TCP_KEEPINTVL, keepalive.interval),
        ]
        for (name, value) in options {
            guard let value else { continue }
            let option = ChannelOptions.Types.SocketOption(
                level: SocketOptionLevel(IPPROTO_TCP),
                name: SocketOptionName(name)
            )
            bootstrap = bootstrap.channelOption(option, value: SocketOptionValue(value))
        }
        return bootstrap
    }

    /// Runs on the loop before anything can have been read.
    private func connectEnded(_ result: Result<any Channel, any Error>) {
        switch result {
        case .success(let channel):
            guard let credentials = context.credentials else { return established(channel, protocol: nil) }
            do {
                let handler = try tlsHandler(credentials, channel)
                let handshake = UpstreamHandshake(endpoint: self, tls: handler)
                try channel.pipeline.syncOperations.addHandlers([handler, handshake])
            } catch {
                channel.close(promise: nil)
                failed(.secure("\(error)"))
            }
        case .failure(let error):
            failed(ConnectFailure(error))
        }
    }

    /// Makes a connection for bytes alone, over TLS where the cluster has it; the caller has taken the place for it.
    ///
    /// - Parameter completion: Told of the connection, or of the failure, which gives the place back.
    func connectPlain(_ completion: @escaping @Sendable (Result<any Channel, ConnectFailure>) -> Void) {
        connectionBegan()
        let bound = NIOLoopBound(self, eventLoop: context.worker.eventLoop)
        bootstrap(reading: .large).connect(to: address)
            .whenComplete { result in
                switch result {
                case .failure(let error):
                    let failure = ConnectFailure(error)
                    bound.value.countFailure(failure)
                    completion(.failure(failure))
                case .success(let channel):
                    do {
                        try bound.value.addTLS(channel)
                        completion(.success(channel))
                    } catch {
                        channel.close(promise: nil)
                        let failure = ConnectFailure.secure("\(error)")
                        bound.value.countFailure(failure)
                        completion(.failure(failure))
                    }
                }
            }
    }

    /// Adds the handler of TLS, which holds what is written until the handshake is over.
    private func addTLS(_ channel: any Channel) throws {
        guard let credentials = context.credentials else { return }
        let handler = try tlsHandler(credentials, channel)
        let check = UpstreamNameCheck(credentials: credentials, tls: handler)
        try channel.pipeline.syncOperations.addHandlers([handler, check])
    }

    private func tlsHandler(_ credentials: ClientCredentials, _ channel: any Channel) throws -> TLSHandler {
        let name = credentials.serverName(hostname: hostname)
        return try TLSHandler(
            credentials.context(for: channel.eventLoop),
            serverName: name,
            resuming: "\(address) \(name ?? "")",
            limits: TLSHandlerLimits(handshakeTimeout: context.connectTimeout, shutdownTimeout: .milliseconds(100))
        )
    }

    private func countFailure(_ failure: ConnectFailure) {
        connectionEnded()
        counters.connectFailures.add()
        account.connectFailures += 1
        if failure == .timeout { counters.connectTimeouts.add() }
    }

    /// The connection can carry requests; `protocol` is what was agreed by ALPN.
    func established(_ channel: any Channel, protocol negotiated: String?) {
        connecting -= 1
        do {
            if negotiated == "h2" || negotiated == nil && context.isShared {
                context.sharesConnections = true
                let connection = HTTP2Upstream(endpoint: self)
                try channel.pipeline.syncOperations.addHandler(connection)
                add(connection)
            } else {
                let connection = HTTP1Upstream(endpoint: self)
                try channel.pipeline.syncOperations.addHandler(connection)
                guard let waiter = nextWaiter() else { return putBack(connection) }
                connection.begin(waiter.exchange)
                waiter.exchange.connected(connection)
            }
        } catch {
            connecting += 1
            channel.close(promise: nil)
            failed(.refused)
        }
    }

    /// The connection cannot be had.
    func failed(_ failure: ConnectFailure) {
        connecting -= 1
        countFailure(failure)
        repeat {
            guard let waiter = nextWaiter() else { return }
            waiter.exchange.connectFailed(failure)
            // Each connection of HTTP/1 has its own waiter; those who wait for one of HTTP/2 wait for the same.
        } while context.sharesConnections && connecting == 0
    }
}
