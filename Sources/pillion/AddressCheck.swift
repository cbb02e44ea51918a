import HTTPClient
import Logging
import NIOCore
import NIOPosix
import OpenSSL
import ServerCore
import SetupCheck

/// Looks at the addresses of the webhook: free, or taken by this very program.
struct AddressCheck {
    /// What the webhook serves with; the only certificate that is trusted.
    let chain: CertificateChain?

    private static let limits = HTTPClientLimits(
        connectTimeout: .seconds(2),
        handshakeTimeout: .seconds(2),
        responseTimeout: .seconds(5),
        bodyBytes: 64 << 10
    )

    /// Looks at both.
    func run(_ options: ServerOptions) async -> [CheckResult] {
        [
            await look(at: options.listen, .listenAddress, isSecure: true, "--listen"),
            await look(at: options.opsListen, .operationsAddress, isSecure: false, "--ops-listen"),
        ]
    }

    private func look(
        at address: ListenAddress,
        _ code: CheckCode,
        isSecure: Bool,
        _ option: String
    ) async -> CheckResult {
        let subject = "\(address)"
        guard let problem = await bindingProblem(address) else {
            return CheckResult(code, .passed, subject, "it is free")
        }
        do {
            var tls: TLSClientConfiguration?
            // Any of its own names: what it is called by is looked at elsewhere.
            let names = chain?.leaf.alternativeNames
            var serverName: String?
            if isSecure {
                guard let chain else {
                    let detail = "something listens there, and without our certificate it cannot be asked"
                    return CheckResult(code, .skipped, subject, detail)
                }
                tls = TLSClientConfiguration(authorities: chain)
                serverName = names?.dnsNames.first ?? names?.ipAddresses.first
            }
            let host = address.host == "::" || address.host == "0.0.0.0" ? "localhost" : address.host
            let client = try HTTPClient(
                endpoint: HTTPEndpoint(host: host, port: Int(address.port), serverName: serverName),
                tls: tls,
                group: MultiThreadedEventLoopGroup.singleton,
                limits: Self.limits
            )
            return judge(try await client.send(HTTPClientRequest("GET", "/readyz")), code, subject)
        } catch {
            let detail = "it cannot be bound (\(problem)), and what is there is not this webhook: \(error)"
            return CheckResult(
                code,
                .failed,
                subject,
                detail,
                hint: "name another with \(option), or end what is there"
            )
        }
    }

    private func judge(_ response: HTTPClientResponse, _ code: CheckCode, _ subject: String) -> CheckResult {
        switch response.status {
        case 200:
            return CheckResult(code, .passed, subject, "this webhook answers there and is ready")
        case 503:
            let detail = "a webhook answers there and is not ready"
            return CheckResult(code, .warned, subject, detail, hint: "ask it: /readyz?verbose")
        default:
            let detail = "something else answers there: GET /readyz gave \(response.status)"
            return CheckResult(code, .failed, subject, detail, hint: "name another address, or end what is there")
        }
    }

    /// Why the address cannot be bound; nil when it can.
    private func bindingProblem(_ address: ListenAddress) async -> String? {
        let listener = Listener(
            label: "check",
            address: address,
            group: MultiThreadedEventLoopGroup.singleton,
            state: ServerState(),
            initializer: RefusingInitializer(),
            logger: Logger(label: "check") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            try await listener.bind()
            await listener.close()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Serves nobody: the listener is closed before anybody can come.
    private struct RefusingInitializer: ConnectionInitializer {
        func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
            channel.close(promise: nil)
        }
    }
}
