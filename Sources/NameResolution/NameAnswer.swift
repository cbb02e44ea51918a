/// The addresses that a name has.
public struct NameAnswer: Sendable, Hashable {
    /// The addresses in the order in which they were given; never empty.
    public var addresses: [ResolvedAddress]
    /// How long the answer may be believed; nil for what no server said, such as a line of the hosts file.
    public var timeToLive: Duration?

    /// Makes an answer.
    public init(addresses: [ResolvedAddress], timeToLive: Duration? = nil) {
        self.addresses = addresses
        self.timeToLive = timeToLive
    }
}
