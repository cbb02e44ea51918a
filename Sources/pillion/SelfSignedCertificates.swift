import CertificateRotation
import KubernetesAPI
import Logging
import NIOPosix
import OpenSSL

/// Puts the rotation of certificates together from the options.
enum SelfSignedCertificates {
    /// Makes the rotator; nothing is asked before it runs.
    ///
    /// - Throws: What is missing to reach the API server.
    static func rotator(
        _ command: WebhookCommand,
        metrics: RotationMetrics,
        logger: Logger
    ) throws -> CertificateRotator {
        let options = command.selfSigned
        let access = try ClusterAccess(inClusterWith: options.serviceAccount) { Environment[$0] }
        let name = command.serviceName
        let secret = try secret(options, service: name, access)
        let service = ServiceReference(namespace: secret.namespace ?? "", name: name)
        let settings = RotationSettings(
            secret: secret,
            configurations: try options.configurations(service: service.name),
            service: service,
            additionalNames: options.selfSignedDns,
            policy: options.policy
        )
        logger.notice(
            "certificates are made and rotated here",
            metadata: ["secret": "\(settings.secret)", "service": "\(service.namespace)/\(service.name)"]
        )
        let client = KubernetesClient(
            access: access,
            // A loop of its own: nothing of this may wait for an admission, nor an admission for it.
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1),
            userAgent: "pillion/\(Pillion.version)"
        )
        let log = RotationLog(logger)
        let server = command.server
        let rotator = CertificateRotator(settings: settings, client: client) { (chain, key) throws(OpenSSLError) in
            try configuration(server, chain, key)
        } report: { event in
            metrics.count(event)
            log.write(event)
        }
        metrics.observe(rotator)
        return rotator
    }

    /// The serving pair with what is read from files about clients.
    private static func configuration(
        _ options: ServerOptions,
        _ chain: CertificateChain,
        _ key: PrivateKey
    ) throws(OpenSSLError) -> TLSServerConfiguration {
        var configuration = TLSServerConfiguration(chain: chain, key: key, applicationProtocols: ["http/1.1"])
        guard let authorities = options.clientCa else { return configuration }
        configuration.clientAuthorities = try CertificateChain(pem: try PEMFile.read(authorities))
        configuration.clientNames = Set(options.clientName)
        guard let lists = options.clientCrl else { return configuration }
        configuration.revocationLists = try RevocationList.bundle(pem: try PEMFile.read(lists))
        return configuration
    }

    /// The Secret; in the namespace of the pod unless the option names one.
    private static func secret(
        _ options: SelfSignedOptions,
        service: String,
        _ access: ClusterAccess
    ) throws -> ObjectReference {
        let isComplete = options.selfSignedSecret?.contains("/") == true
        return try options.secret(service: service, namespace: isComplete ? "" : ServiceAccount.namespace(access))
    }
}
