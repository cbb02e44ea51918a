/// What `pillion check` looks at; the raw value names the section of the documentation.
public enum CheckCode: String, Sendable, CaseIterable {
    /// The certificate files can be read and parsed.
    case tlsFiles = "tls-files"
    /// The private key belongs to the certificate.
    case tlsKey = "tls-key"
    /// The chain is in order.
    case tlsChain = "tls-chain"
    /// The certificate is valid now and for a week.
    case tlsDates = "tls-dates"
    /// The certificate has the names by which it is called.
    case tlsNames = "tls-names"
    /// The authorities of clients can be read.
    case clientAuthority = "client-authority"
    /// The revocation lists can be read and are current.
    case clientRevocation = "client-revocation"
    /// The catalog can be used.
    case catalog
    /// The address of the webhook is free, or this program answers there.
    case listenAddress = "listen-address"
    /// The address of probes and metrics is free, or this program answers there.
    case operationsAddress = "operations-address"
    /// The API server can verify the certificate.
    case webhookAuthority = "webhook-ca-bundle"
    /// The API server calls the right name, port and path.
    case webhookTarget = "webhook-target"
    /// The rules send what the path answers.
    case webhookRules = "webhook-rules"
    /// A failure does what is safe.
    case webhookFailurePolicy = "webhook-failure-policy"
    /// The API server waits neither too long nor too short.
    case webhookTimeout = "webhook-timeout"
    /// Dry runs are answered.
    case webhookSideEffects = "webhook-side-effects"
    /// Both sides speak one version of AdmissionReview.
    case webhookVersions = "webhook-versions"
    /// The webhook does not stand in the way of its own pods.
    case webhookDeadlock = "webhook-deadlock"
    /// The cluster runs native sidecars.
    case clusterVersion = "cluster-version"

    /// What holds when all is well.
    public var title: String {
        switch self {
        case .tlsFiles: "certificate and key can be read"
        case .tlsKey: "the key belongs to the certificate"
        case .tlsChain: "the chain is in order"
        case .tlsDates: "the certificate is valid, now and for a week"
        case .tlsNames: "the certificate has the names by which it is called"
        case .clientAuthority: "the authorities of clients can be read"
        case .clientRevocation: "the revocation lists of clients are current"
        case .catalog: "the catalog can be used"
        case .listenAddress: "the address of the webhook can be used"
        case .operationsAddress: "the address of probes and metrics can be used"
        case .webhookAuthority: "the caBundle verifies the certificate"
        case .webhookTarget: "the API server calls the right name, port and path"
        case .webhookRules: "the rules send what the path answers"
        case .webhookFailurePolicy: "a failure of the webhook is safe"
        case .webhookTimeout: "the API server's patience is right"
        case .webhookSideEffects: "dry runs are answered"
        case .webhookVersions: "admission.k8s.io/v1 is spoken"
        case .webhookDeadlock: "the webhook cannot block its own pods"
        case .clusterVersion: "the cluster runs native sidecars"
        }
    }

    /// The heading under which it is shown.
    var group: String {
        switch self {
        case .tlsFiles, .tlsKey, .tlsChain, .tlsDates, .tlsNames, .clientAuthority, .clientRevocation: "certificate"
        case .catalog: "catalog"
        case .listenAddress, .operationsAddress: "port"
        case .webhookAuthority, .webhookTarget, .webhookRules, .webhookFailurePolicy, .webhookTimeout,
            .webhookSideEffects, .webhookVersions, .webhookDeadlock:
            "webhook configuration"
        case .clusterVersion: "cluster"
        }
    }
}
