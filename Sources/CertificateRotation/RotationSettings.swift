public import KubernetesAPI

/// What a replica has to know to keep its certificates itself.
public struct RotationSettings: Sendable {
    /// The Secret that the replicas share; it must exist.
    public var secret: ObjectReference
    /// The webhook configurations whose `caBundle` is kept.
    public var configurations: [ObjectReference]
    /// The Service that the configurations name; its DNS names are the certificate's.
    public var service: ServiceReference
    /// DNS names beside those of the Service.
    public var additionalNames: [String]
    /// The lifetimes.
    public var policy: RotationPolicy
    /// How often everything is looked at although nothing has happened.
    public var resync: Duration
    /// The least time between two looks.
    public var minimumInterval: Duration

    /// Makes settings; by default everything is looked at once a minute, and four times a second at most.
    public init(
        secret: ObjectReference,
        configurations: [ObjectReference],
        service: ServiceReference,
        additionalNames: [String] = [],
        policy: RotationPolicy = RotationPolicy(),
        resync: Duration = .seconds(60),
        minimumInterval: Duration = .milliseconds(250)
    ) {
        self.secret = secret
        self.configurations = configurations
        self.service = service
        self.additionalNames = additionalNames
        self.policy = policy
        self.resync = resync
        self.minimumInterval = minimumInterval
    }

    /// The names of the serving certificate.
    var names: [String] { service.dnsNames + additionalNames.filter { !service.dnsNames.contains($0) } }
}
