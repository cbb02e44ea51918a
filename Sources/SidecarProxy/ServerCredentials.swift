import NIOCore
import OpenSSL
import ProxyConfiguration
import ServerTLS
import Synchronization

/// What a filter chain shows its clients, and asks of them: `DownstreamTlsContext`.
final class ServerCredentials: Credentials {
    let label: String
    private let configuration: DownstreamTLSContext
    /// A provider for each certificate, in the order of the configuration.
    private let providers: [TLSContextProvider]
    private let digests: Mutex<[[UInt8]]>
    /// When the keys of tickets are replaced.
    private let renewal = Mutex(NIODeadline.now() + ServerCredentials.ticketKeyLifetime)

    /// How long the keys of tickets are in use: who learns them later can read no more than this of TLS 1.2.
    private static let ticketKeyLifetime = TimeAmount.hours(12)

    /// Reads the sources for the first time.
    ///
    /// - Throws: What is wrong with them.
    init(_ configuration: DownstreamTLSContext, label: String) throws(OpenSSLError) {
        self.configuration = configuration
        self.label = label
        let sources = Self.sources(configuration)
        digests = Mutex(try CredentialSource.digest(sources))
        var providers: [TLSContextProvider] = []
        for made in try Self.make(configuration) { providers.append(try TLSContextProvider(made)) }
        guard !providers.isEmpty else {
            throw OpenSSLError(.noCertificate, "the TLS context has no certificate", at: label)
        }
        self.providers = providers
    }

    var chain: CertificateChain? { providers.first?.configuration?.chain }
    var authorities: CertificateChain? { providers.first?.configuration?.clientAuthorities }

    /// Whether a certificate that a client shows has been verified: by its chain, its names or its hashes.
    var validatesClients: Bool {
        guard let validation = configuration.validation else { return false }
        let verifiesChain = validation.verifiesChain && validation.trustedAuthorities != nil
        return verifiesChain || !CertificateJudge(validation).asksForNothing
    }

    /// Whether clients' names decide which certificate they see.
    var dependsOnName: Bool { providers.count > 1 }

    /// The context for a client that looks for `serverName`.
    func context(for serverName: String, on eventLoop: any EventLoop) throws(OpenSSLError) -> TLSContext {
        let provider = providers.count > 1 ? provider(for: serverName) : providers.first
        guard let provider else { throw OpenSSLError(.noCertificate, "there is no certificate", at: label) }
        return try provider.context(for: eventLoop)
    }

    func reload() throws(OpenSSLError) -> Bool {
        let found = try CredentialSource.digest(Self.sources(configuration))
        let hasChanged = digests.withLock { $0 != found }
        guard hasChanged || renewal.withLock({ $0 <= .now() }) else { return false }
        // All are made before the first is used.
        for (provider, made) in zip(providers, try Self.make(configuration)) { try provider.install(made) }
        digests.withLock { $0 = found }
        renewal.withLock { $0 = .now() + Self.ticketKeyLifetime }
        return hasChanged
    }

    private func provider(for serverName: String) -> TLSContextProvider? {
        let named = providers.first { provider in
            guard let leaf = provider.configuration?.chain.leaf else { return false }
            return leaf.alternativeNames.dnsNames.contains { name in
                let name = name.lowercased()
                return name == serverName || CertificateJudge.covers(name, serverName)
            }
        }
        return named ?? providers.first
    }

    private static func sources(_ configuration: DownstreamTLSContext) -> [DataSource] {
        configuration.certificates.flatMap { [$0.chain, $0.privateKey] }
            + [configuration.validation?.trustedAuthorities, configuration.validation?.revocationList].compactMap { $0 }
    }

    private static func make(_ configuration: DownstreamTLSContext) throws(OpenSSLError) -> [TLSServerConfiguration] {
        let validation = configuration.validation
        var authorities: CertificateChain?
        if let source = validation?.trustedAuthorities { authorities = try CredentialSource.chain(source) }
        var lists: [RevocationList] = []
        if let source = validation?.revocationList { lists = try CredentialSource.revocationLists(source) }
        var result: [TLSServerConfiguration] = []
        for certificate in configuration.certificates {
            let (chain, key) = try CredentialSource.pair(certificate)
            var made = TLSServerConfiguration(
                chain: chain,
                key: key,
                clientAuthorities: authorities,
                applicationProtocols: configuration.applicationProtocols
            )
            made.revocationLists = lists
            made.requiresClientCertificate = configuration.requiresClientCertificate
            if !configuration.disablesSessionTickets { made.ticketKeys = try SessionTicketKeys() }
            made.minimumVersion = TLSVersion(configuration.parameters.minimum)
            made.maximumVersion = TLSVersion(configuration.parameters.maximum)
            if let validation { demand(validation, of: &made) }
            result.append(made)
        }
        return result
    }

    /// What clients' certificates must be beside leading to an authority.
    private static func demand(_ validation: CertificateValidation, of made: inout TLSServerConfiguration) {
        made.revokesLeafOnly = validation.onlyLeafRevocation
        made.maximumDepth = Int32(clamping: validation.maxIntermediates)
        let judge = CertificateJudge(validation)
        if !judge.asksForNothing { made.acceptsClient = { judge.refusal(of: $0) == nil } }
        // Hashes alone make a certificate good; so does ACCEPT_UNTRUSTED.
        made.acceptsAnyChain =
            !validation.verifiesChain || validation.trustedAuthorities == nil && !judge.asksForNothing
    }
}

extension TLSVersion {
    init(_ version: TLSParameters.Version) {
        self = version == .tls12 ? .tls12 : .tls13
    }
}
