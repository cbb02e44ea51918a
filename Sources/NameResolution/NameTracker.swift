import LoadBalancing
public import ProxyConfiguration

/// What is known of one name of a cluster, and when to ask again: a state machine without clock or threads.
///
/// The last good addresses are kept while name servers fail, however long. Only when servers say several times in a
/// row that there is no such name are they given up: one such answer may come from a server that has just started.
public struct NameTracker: Sendable {
    /// What an answer changed.
    public struct Update: Sendable, Equatable {
        /// Whether ``NameTracker/addresses`` are others than before.
        public let hasChanged: Bool
        /// When to ask again.
        public let delay: Duration
    }

    /// The name and the kinds of addresses.
    public let question: NameQuestion
    /// The addresses for endpoints; empty while none have been found.
    public private(set) var addresses: [ResolvedAddress] = []
    /// Whether there has been an answer of any kind, so that a start need not wait any more.
    public private(set) var isSettled = false
    /// Why the last lookup failed; nil when it did not.
    public private(set) var failure: NameResolutionError?

    private let options: DNSOptions
    private let isLogical: Bool
    private var backoff: RetryBackoff
    private var denials = 0

    /// How many servers' denials in a row are believed.
    private static let believedDenials = 3

    /// Makes a tracker that has asked nothing yet.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - options: When to ask again, and for which addresses.
    ///   - discovery: `.strictDNS` makes every address an endpoint, `.logicalDNS` only the first.
    public init(_ name: String, options: DNSOptions, discovery: ClusterConfiguration.Discovery) {
        question = NameQuestion(name, family: options.family)
        self.options = options
        isLogical = discovery == .logicalDNS
        let base = options.failureBaseInterval ?? options.refreshRate
        backoff = RetryBackoff(base: base, limit: options.failureMaxInterval ?? base * 10)
    }

    /// Takes the result of a lookup.
    ///
    /// - Parameters:
    ///   - result: What the resolver told.
    ///   - random: A random word, which keeps many proxies from asking at the same instant.
    /// - Returns: What has changed, and when to ask again.
    public mutating func record(_ result: Result<NameAnswer, NameResolutionError>, random: UInt64) -> Update {
        isSettled = true
        switch result {
        case .success(let answer):
            failure = nil
            denials = 0
            backoff.reset()
            let isNew = take(isLogical ? Array(answer.addresses.prefix(1)) : Self.distinct(answer.addresses))
            return Update(hasChanged: isNew, delay: refreshDelay(answer.timeToLive, random))
        case .failure(let error):
            failure = error
            denials = error.isDefinite ? min(denials + 1, Self.believedDenials) : 0
            let isGivenUp = denials >= Self.believedDenials && !addresses.isEmpty
            if isGivenUp { addresses = [] }
            return Update(hasChanged: isGivenUp, delay: max(.milliseconds(1), failureDelay(random)))
        }
    }

    /// Takes addresses; the same ones in another order are no change.
    private mutating func take(_ new: [ResolvedAddress]) -> Bool {
        guard Set(new) != Set(addresses) else { return false }
        addresses = new
        return true
    }

    private func refreshDelay(_ timeToLive: Duration?, _ random: UInt64) -> Duration {
        var delay = options.refreshRate
        // A server that says "0" means that answers must not be kept, not that it likes to be asked all the time.
        if options.respectsTTL, let timeToLive, timeToLive > .zero { delay = timeToLive }
        delay = max(.milliseconds(1), delay)
        return delay + Jitter.share(of: delay / 10, random)
    }

    private mutating func failureDelay(_ random: UInt64) -> Duration {
        guard options.failureBaseInterval == nil else { return backoff.next(random: random) }
        let half = options.refreshRate / 2
        return half + Jitter.share(of: half, random)
    }

    private static func distinct(_ addresses: [ResolvedAddress]) -> [ResolvedAddress] {
        var seen: Set<ResolvedAddress> = []
        return addresses.filter { seen.insert($0).inserted }
    }
}
