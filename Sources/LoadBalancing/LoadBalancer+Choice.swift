extension LoadBalancer {
    /// Chooses an endpoint for a request, which counts as under way at once.
    ///
    /// Now and then the choice is an ejected endpoint whose time is over: this one request shows whether it is back.
    ///
    /// - Parameters:
    ///   - now: The time on a clock that never goes back.
    ///   - random: A random word.
    ///   - hash: The request's hash; without one, rings and tables are asked for `random`.
    ///   - attempted: The endpoints that the request has been sent to, which are avoided while there are others.
    /// - Returns: An index into ``endpoints``, or nil when no endpoint may get requests.
    public mutating func choose(
        now: Duration,
        random: UInt64,
        hash: UInt64? = nil,
        excluding attempted: AttemptedEndpoints = AttemptedEndpoints()
    ) -> Int? {
        if isStale { rebuild(random: random) }
        // A retry has failed once already; it is no one's probe.
        if attempted.isEmpty, outliers.ejectedCount > 0, let probe = takeProbe(now: now) {
            states[probe].active += 1
            return probe
        }
        guard let index = pick(random: random, hash: hash ?? random, attempted) else { return nil }
        states[index].active += 1
        return index
    }

    /// Ends what a choice began.
    ///
    /// - Parameters:
    ///   - index: What was chosen.
    ///   - outcome: How the endpoint behaved, or nil when the request never reached it or its client gave up.
    ///   - now: The time, as for the choice.
    ///   - random: A random word.
    /// - Returns: What the outcome changed, for logs and metrics.
    @discardableResult
    public mutating func finish(
        _ index: Int,
        _ outcome: RequestOutcome?,
        now: Duration,
        random: UInt64
    ) -> OutlierEvent? {
        guard states.indices.contains(index) else { return nil }
        states[index].active = max(0, states[index].active - 1)
        guard let outcome else {
            outliers.cancelProbe(index, now: now)
            return nil
        }
        guard let event = outliers.record(outcome, at: index, now: now, random: random) else { return nil }
        setFlag(.ejected, of: index, to: event != .readmitted)
        return event
    }

    /// Compares the endpoints' rates of success; to be called every ``OutlierDetection/interval``.
    ///
    /// - Parameters:
    ///   - now: The time, as for choices.
    ///   - random: A random word.
    /// - Returns: The endpoints that were ejected, and why.
    @discardableResult
    public mutating func sweepOutliers(now: Duration, random: UInt64) -> [(index: Int, event: OutlierEvent)] {
        let events = outliers.sweep(now: now, random: random)
        for (index, _) in events { setFlag(.ejected, of: index, to: true) }
        return events
    }

    private mutating func takeProbe(now: Duration) -> Int? {
        outliers.takeProbe(now: now) { [states] in !states[$0].health.contains(.failedActiveCheck) }
    }

    private mutating func pick(random: UInt64, hash: UInt64, _ attempted: AttemptedEndpoints) -> Int? {
        guard !candidates.isEmpty else { return nil }
        var words = RandomWords(random)
        let attempts = attempted.isEmpty ? 1 : 1 + max(0, min(settings.reselections, 64))
        var last: Int?
        for attempt in 0..<attempts {
            guard let candidate = pickOne(&words, hash, attempt, attempted), candidates.indices.contains(candidate)
            else { return nil }
            let index = candidates[candidate]
            guard attempted.contains(index) else { return index }
            last = index
        }
        let start = Int(UInt64(candidates.count).multipliedFullWidth(by: words.next()).high)
        for offset in candidates.indices {
            let index = candidates[(start + offset) % candidates.count]
            if !attempted.contains(index) { return index }
        }
        return last
    }

    private mutating func pickOne(
        _ words: inout RandomWords,
        _ hash: UInt64,
        _ attempt: Int,
        _ attempted: AttemptedEndpoints
    ) -> Int? {
        switch settings.policy {
        case .roundRobin: rotation.next()
        case .random: sampler.draw(&words)
        case .leastRequest(let choices): leastLoaded(of: choices, &words)
        case .ringHash: ring.owner(of: hash, attempt: attempt)
        case .maglev: table.owner(of: hash, attempt: attempt)
        case .firstReachable: firstReachable(attempted)
        }
    }

    /// The one with the fewest requests by weight among `choices` drawn by weight, the first of equals.
    private func leastLoaded(of choices: Int, _ words: inout RandomWords) -> Int? {
        guard var best = sampler.draw(&words) else { return nil }
        for _ in 1..<max(2, min(choices, 16)) {
            guard let other = sampler.draw(&words) else { return best }
            if load(other, isBelow: best) { best = other }
        }
        return best
    }

    /// Whether one candidate has fewer requests for its weight than another.
    private func load(_ one: Int, isBelow other: Int) -> Bool {
        let (one, other) = (candidates[one], candidates[other])
        let left = UInt64(states[one].active).multipliedFullWidth(by: UInt64(endpoints[other].weight))
        let right = UInt64(states[other].active).multipliedFullWidth(by: UInt64(endpoints[one].weight))
        return left.high == right.high ? left.low < right.low : left.high < right.high
    }

    private mutating func firstReachable(_ attempted: AttemptedEndpoints) -> Int? {
        cursor %= candidates.count
        if attempted.contains(candidates[cursor]) { cursor = (cursor + 1) % candidates.count }
        return cursor
    }

    /// Finds out who gets requests, and makes the policy's table for them.
    private mutating func rebuild(random: UInt64) {
        isStale = false
        let healthy = states.indices.filter { states[$0].health.isEmpty }
        let threshold = max(0, min(settings.panicThreshold, 100))
        isPanicking = !states.isEmpty && Double(healthy.count) * 100 < threshold * Double(states.count)
        candidates = isPanicking ? (settings.failsOnPanic ? [] : Array(states.indices)) : healthy
        let chosen = candidates.map { endpoints[$0] }
        switch settings.policy {
        case .roundRobin: rotation = WeightedRoundRobin(weights: chosen.map(\.weight), random: random)
        case .random, .leastRequest: sampler = WeightedSampler(weights: chosen.map(\.weight))
        case .ringHash(let minimum, let maximum, let function):
            ring = HashRing(chosen, minimumSize: minimum, maximumSize: maximum, function: function)
        case .maglev(let size): table = MaglevTable(chosen, size: size)
        case .firstReachable: break
        }
    }
}
