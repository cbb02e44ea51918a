import NIOCore
import OpenSSL
import ProxyConfiguration
import Synchronization

/// How a cluster's endpoints are spoken to over TLS: `UpstreamTlsContext`.
///
/// A certificate is checked unless the configuration says otherwise: its chain against `trusted_ca` or the system's
/// authorities, and its names against the first there is of the matchers, the `sni` and the endpoint's own name.
final class ClientCredentials: Credentials {
    private struct State {
        var made: TLSClientConfiguration
        var digests: [[UInt8]]
        var contexts: [ObjectIdentifier: TLSContext] = [:]
    }

    let label: String
    private let configuration: UpstreamTLSContext
    private let protocols: [String]
    private let judge: CertificateJudge
    private let state: Mutex<State>

    /// Reads the sources for the first time.
    ///
    /// - Parameters:
    ///   - configuration: What the file says.
    ///   - version: What the endpoints speak, which decides what is offered where the file does not.
    ///   - label: What the credentials are for.
    /// - Throws: What is wrong with the sources.
    init(
        _ configuration: UpstreamTLSContext,
        version: UpstreamHTTPOptions.Version,
        label: String
    ) throws(OpenSSLError) {
        self.configuration = configuration
        self.label = label
        judge = CertificateJudge(configuration.validation)
        if configuration.applicationProtocols.isEmpty {
            protocols =
                switch version {
                case .http1: ["http/1.1"]
                case .http2: ["h2"]
                case .automatic, .downstream: ["h2", "http/1.1"]
                }
        } else {
            protocols = configuration.applicationProtocols
        }
        let made = try Self.make(configuration, protocols)
        _ = try TLSContext(client: made)
        state = Mutex(State(made: made, digests: try CredentialSource.digest(Self.sources(configuration))))
    }

    var chain: CertificateChain? { state.withLock { $0.made.chain } }
    var authorities: CertificateChain? { state.withLock { $0.made.authorities } }

    /// Whether the endpoints' certificates are checked.
    var isVerifying: Bool { configuration.validation.verifiesChain }

    /// The name to ask for at an endpoint with `hostname`, and to check unless matchers do; nil for none.
    func serverName(hostname: String) -> String? {
        if configuration.automaticServerName, !hostname.isEmpty { return hostname }
        if !configuration.serverName.isEmpty { return configuration.serverName }
        return hostname.isEmpty || !checksName ? nil : hostname
    }

    /// The context for connections of `eventLoop`.
    func context(for eventLoop: any EventLoop) throws(OpenSSLError) -> TLSContext {
        let identifier = ObjectIdentifier(eventLoop)
        return try state.withLock { (state) throws(OpenSSLError) in
            if let context = state.contexts[identifier] { return context }
            let context = try TLSContext(client: state.made)
            state.contexts[identifier] = context
            return context
        }
    }

    /// For a client that checks the server's name itself, whatever the matchers say.
    var clientConfiguration: TLSClientConfiguration {
        var made = state.withLock { $0.made }
        made.checksName = isVerifying
        made.resumesSessions = false
        made.applicationProtocols = ["http/1.1"]
        return made
    }

    /// Why a certificate whose chain has been looked at will not do, or nil when it does.
    func refusal(of certificate: Certificate?) -> String? {
        guard !judge.asksForNothing else { return nil }
        guard let certificate else { return "the endpoint shows no certificate" }
        return judge.refusal(of: certificate)
    }

    func reload() throws(OpenSSLError) -> Bool {
        let found = try CredentialSource.digest(Self.sources(configuration))
        guard state.withLock({ $0.digests != found }) else { return false }
        let made = try Self.make(configuration, protocols)
        _ = try TLSContext(client: made)
        state.withLock { $0 = State(made: made, digests: found) }
        return true
    }

    private var checksName: Bool { configuration.validation.subjectAltNames.isEmpty && isVerifying }

    private static func sources(_ configuration: UpstreamTLSContext) -> [DataSource] {
        let sources = configuration.certificate.map { [$0.chain, $0.privateKey] } ?? []
        let validation = configuration.validation
        return sources + [validation.trustedAuthorities, validation.revocationList].compactMap(\.self)
    }

    private static func make(
        _ configuration: UpstreamTLSContext,
        _ protocols: [String]
    ) throws(OpenSSLError) -> TLSClientConfiguration {
        let validation = configuration.validation
        var authorities: CertificateChain?
        if let source = validation.trustedAuthorities { authorities = try CredentialSource.chain(source) }
        var made = TLSClientConfiguration(authorities: authorities, applicationProtocols: protocols)
        made.verifiesServer = validation.verifiesChain
        made.checksName = validation.subjectAltNames.isEmpty
        if let source = validation.revocationList {
            made.revocationLists = try CredentialSource.revocationLists(source)
        }
        made.revokesLeafOnly = validation.onlyLeafRevocation
        made.maximumDepth = Int32(clamping: validation.maxIntermediates)
        if let certificate = configuration.certificate {
            let (chain, key) = try CredentialSource.pair(certificate)
            made.chain = chain
            made.key = key
        }
        made.resumesSessions = configuration.resumesSessions
        made.minimumVersion = TLSVersion(configuration.parameters.minimum)
        made.maximumVersion = TLSVersion(configuration.parameters.maximum)
        return made
    }
}
