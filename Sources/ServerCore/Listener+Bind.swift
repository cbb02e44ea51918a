import Glibc
import Logging
import NIOCore
import NIOPosix
import Synchronization

extension Listener {
    /// Binds the listening sockets and starts to accept.
    ///
    /// `[::]` becomes `0.0.0.0` where the system has no IPv6.
    ///
    /// - Throws: ``ListenerError`` when the address cannot be had; nothing is left bound then.
    public func bind() async throws(ListenerError) {
        do {
            try await bindSockets(host: address.host)
        } catch  where address.isDualStackWildcard && Self.meansNoIPv6(error) {
            logger.info("IPv6 is off, listening on IPv4 alone")
            do {
                try await bindSockets(host: "0.0.0.0")
            } catch {
                throw listenerError(error)
            }
        } catch {
            throw listenerError(error)
        }
        logger.info("listening", metadata: ["address": "\(boundDescription)"])
    }

    /// The address in use as it is written in configuration.
    private var boundDescription: String {
        guard let bound = boundAddress, let host = bound.ipAddress, let port = bound.port else { return "\(address)" }
        return ListenAddress(host: host, port: UInt16(clamping: port)).description
    }

    private func bindSockets(host: String) async throws {
        let wanted = try SocketAddress(ipAddress: host, port: Int(address.port))
        switch mode {
        case .single:
            guard let acceptor = loops.first else { return }
            let socket = try await bootstrap(wanted, on: acceptor, children: group).bind(to: wanted).get()
            sockets.withLock { $0 = [socket] }
        case .perLoop:
            try await bindPerLoop(wanted)
        }
    }

    private func bindPerLoop(_ wanted: SocketAddress) async throws {
        var bound: [any Channel] = []
        do {
            let port = try await provedPort(wanted)
            var shared = wanted
            shared.port = port
            for loop in loops {
                let socket = try await bootstrap(wanted, on: loop, children: loop)
                    .serverChannelOption(.socket(SocketOptionLevel(SOL_SOCKET), SO_REUSEPORT), value: 1)
                    .bind(to: shared).get()
                bound.append(socket)
            }
        } catch {
            for socket in bound {
                socket.close(promise: nil)
            }
            throw error
        }
        sockets.withLock { $0 = bound }
    }

    /// The port of a plain bind to `wanted`, which fails when any other socket listens there.
    private func provedPort(_ wanted: SocketAddress) async throws -> Int? {
        let probe = try await ServerBootstrap(group: loops.first ?? group.next())
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(to: wanted).get()
        let port = probe.localAddress?.port
        try await probe.close().get()
        return port
    }

    // An IPv6 socket serves IPv4 as well whatever net.ipv6.bindv6only says: NIO sets IPV6_V6ONLY to 0.
    private func bootstrap(
        _ wanted: SocketAddress,
        on acceptor: any EventLoop,
        children: any EventLoopGroup
    ) -> ServerBootstrap {
        let limits = limits
        let counters = counters
        let logger = logger
        return ServerBootstrap(group: acceptor, childGroup: children)
            .serverChannelOption(.backlog, value: limits.backlog)
            // A connection costs as much as a request, so that few are taken in at once, between other work.
            .serverChannelOption(.maxMessagesPerRead, value: 4)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A connection keeps the memory that it last read into: that of most requests is little.
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 65_536)
            )
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    Pacing.avoid(by: channel, address: wanted)
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptPause(pause: limits.acceptPause, counters: counters, logger: logger)
                    )
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.setUp(channel) }
            }
    }

    private static func meansNoIPv6(_ error: any Error) -> Bool {
        guard let error = error as? IOError else { return false }
        return [EAFNOSUPPORT, EADDRNOTAVAIL, EPROTONOSUPPORT].contains(error.errnoCode)
    }

    private func listenerError(_ error: any Error) -> ListenerError {
        let code: ListenerError.Code =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: .addressInUse
            case EADDRNOTAVAIL: .addressNotAvailable
            case EACCES, EPERM: .permissionDenied
            default: .failed
            }
        return ListenerError(code: code, address: address, reason: "\(error)")
    }
}
