/// Why an endpoint gets no requests; empty for a healthy one.
public struct EndpointHealth: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt8

    /// Makes a set of reasons.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Active health checks fail, or none has passed yet: Envoy's `/failed_active_hc`.
    public static let failedActiveCheck = EndpointHealth(rawValue: 1)
    /// Its answers made the outlier detection eject it: Envoy's `/failed_outlier_check`.
    public static let ejected = EndpointHealth(rawValue: 2)

    /// As Envoy's `/clusters` page writes it: `healthy`, or the reasons.
    public var flags: String {
        if isEmpty { return "healthy" }
        return (contains(.failedActiveCheck) ? "/failed_active_hc" : "")
            + (contains(.ejected) ? "/failed_outlier_check" : "")
    }
}
