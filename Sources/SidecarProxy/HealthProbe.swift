import LoadBalancing
import NIOCore
import NIOPosix
import NIOTLS
import OpenSSL
import ProxyConfiguration

/// Asks one endpoint once whether it is well, over a connection of its own.
///
/// Runs on the endpoint's loop and always ends within the check's timeout.
final class HealthProbe {
    private let check: HealthCheck
    private let endpoint: UpstreamEndpoint
    private let loop: any EventLoop
    private var channel: (any Channel)?
    private var completion: ((HealthCheckState.Result) -> Void)?

    private init(
        _ check: HealthCheck,
        _ endpoint: UpstreamEndpoint,
        _ completion: @escaping (HealthCheckState.Result) -> Void
    ) {
        self.check = check
        self.endpoint = endpoint
        self.completion = completion
        loop = endpoint.context.worker.eventLoop
    }

    /// Runs `check` at `endpoint`.
    ///
    /// - Parameters:
    ///   - check: What to ask.
    ///   - endpoint: Whom.
    ///   - completion: Told the result, once, on the loop.
    static func run(
        _ check: HealthCheck,
        at endpoint: UpstreamEndpoint,
        _ completion: @escaping (HealthCheckState.Result) -> Void
    ) {
        HealthProbe(check, endpoint, completion).connect()
    }

    /// The host that probes name.
    var host: String {
        if !endpoint.configuration.healthCheckHostname.isEmpty { return endpoint.configuration.healthCheckHostname }
        if case .http(let probe) = check.probe, !probe.host.isEmpty { return probe.host }
        return endpoint.context.name
    }

    /// Ends the probe.
    func finish(_ result: HealthCheckState.Result) {
        guard let completion else { return }
        self.completion = nil
        channel?.close(promise: nil)
        channel = nil
        completion(result)
    }

    private func connect() {
        loop.assumeIsolated().scheduleTask(in: TimeAmount(check.timeout)) { [self] in finish(.failure) }
        var address = endpoint.address
        if let port = endpoint.configuration.healthCheckPort { address.port = Int(port) }
        let bound = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(TimeAmount(check.timeout))
            .connect(to: address)
            .whenComplete { bound.value.connected($0) }
    }

    private func connected(_ result: Result<any Channel, any Error>) {
        guard case .success(let channel) = result else { return finish(.failure) }
        guard completion != nil else { return channel.close(promise: nil) }
        self.channel = channel
        do {
            guard let credentials = endpoint.context.credentials else { return try begin(channel) }
            let tls = try TLSHandler(
                credentials.context(for: loop),
                serverName: credentials.serverName(hostname: endpoint.hostname),
                limits: TLSHandlerLimits(
                    handshakeTimeout: TimeAmount(check.timeout),
                    shutdownTimeout: .milliseconds(100)
                )
            )
            let handshake = HealthHandshake { [self] in
                guard credentials.refusal(of: tls.peerCertificate) == nil else { return finish(.failure) }
                do { try begin(channel) } catch { finish(.failure) }
            } failed: { [self] in
                finish(.failure)
            }
            try channel.pipeline.syncOperations.addHandlers([tls, handshake])
        } catch {
            finish(.failure)
        }
    }

    private func begin(_ channel: any Channel) throws {
        switch check.probe {
        case .tcp(let send, let receive):
            guard !send.isEmpty || !receive.isEmpty else { return finish(.success) }
            try channel.pipeline.syncOperations.addHandler(TCPProbeHandler(self, send: send, receive: receive))
        case .http(let probe) where !probe.usesHTTP2:
            try channel.pipeline.syncOperations.addHandler(HTTP1ProbeHandler(self, probe))
        case .http(let probe):
            let handler = HTTP2ProbeHandler(self, .http(probe), scheme: scheme)
            try channel.pipeline.syncOperations.addHandler(handler)
        case .grpc(let service, let authority):
            let host = authority.isEmpty ? host : authority
            let handler = HTTP2ProbeHandler(self, .grpc(service: service, authority: host), scheme: scheme)
            try channel.pipeline.syncOperations.addHandler(handler)
        }
    }

    private var scheme: String { endpoint.context.credentials == nil ? "http" : "https" }
}
