public import ProxyConfiguration

/// Decides which endpoints are ejected for their answers: Envoy's outlier detection, with a probe at the end.
///
/// Envoy lets all requests go back to an endpoint when its time is over. Here one request tries first, and unless it
/// succeeds the endpoint stays out, longer each time.
public struct OutlierDetector: Sendable {
    /// When endpoints are ejected; nil for never.
    public let settings: OutlierDetection?
    var records: [OutlierRecord] = []
    /// How many endpoints are ejected, those being probed included.
    public private(set) var ejectedCount = 0

    init(_ settings: OutlierDetection?) {
        self.settings = settings
    }

    /// Whether the endpoint at `index` is ejected or being probed.
    public func isEjected(_ index: Int) -> Bool {
        records.indices.contains(index) && records[index].phase != .admitted
    }

    /// Takes the new set of endpoints: for each, where it stood before.
    mutating func replace(_ origins: [Int?]) {
        records = origins.map { origin in
            guard let origin, records.indices.contains(origin) else { return OutlierRecord() }
            return records[origin]
        }
        ejectedCount = records.count { $0.phase != .admitted }
    }

    /// Takes the outcome of a request to the endpoint at `index`.
    mutating func record(_ outcome: RequestOutcome, at index: Int, now: Duration, random: UInt64) -> OutlierEvent? {
        guard let settings, records.indices.contains(index) else { return nil }
        let isFailure = outcome.status >= 500
        if records[index].phase == .admitted {
            records[index].requests += 1
            if !isFailure { records[index].successes += 1 }
            let isSplit = outcome.isLocal && settings.splitsLocalOrigin
            guard let cause = isSplit ? countLocal(index) : countStatus(outcome, index) else { return nil }
            return eject(index, cause, now: now, random: random)
        }
        // Others may still be under way from before the ejection; only the probe decides.
        guard records[index].phase == .probing else { return nil }
        if isFailure {
            prolong(index, now: now, random: random)
            return .probeFailed
        }
        records[index].phase = .admitted
        records[index].forgetFailures()
        ejectedCount -= 1
        return .readmitted
    }

    /// Hands out the endpoint whose ejection is over, if there is one that `isEligible`, to one request.
    mutating func takeProbe(now: Duration, where isEligible: (Int) -> Bool) -> Int? {
        for index in records.indices {
            guard case .ejected(let until) = records[index].phase, until <= now, isEligible(index) else { continue }
            records[index].phase = .probing
            return index
        }
        return nil
    }

    /// Lets another request be the probe, because this one never came to an answer.
    mutating func cancelProbe(_ index: Int, now: Duration) {
        guard records.indices.contains(index), records[index].phase == .probing else { return }
        records[index].phase = .ejected(until: now)
    }

    /// Ejects the endpoint if chance and the limit allow.
    mutating func eject(_ index: Int, _ cause: OutlierEvent, now: Duration, random: UInt64) -> OutlierEvent? {
        guard let settings else { return nil }
        guard random % 100 < UInt64(max(0, settings.enforcement(of: cause))), mayEject(settings) else {
            // As in Envoy, the count begins again, so that chance is asked once in so many failures.
            records[index].forgetFailures()
            return nil
        }
        ejectedCount += 1
        prolong(index, now: now, random: random)
        return cause
    }

    private func mayEject(_ settings: OutlierDetection) -> Bool {
        if settings.alwaysEjectsOne, ejectedCount == 0 { return true }
        return (ejectedCount + 1) * 100 <= settings.ejectionPercent(of: records.count) * records.count
    }

    private mutating func prolong(_ index: Int, now: Duration, random: UInt64) {
        guard let settings else { return }
        records[index].forgetFailures()
        records[index].ejections = min(records[index].ejections + 1, 1_000_000)
        let jitter = Jitter.share(of: settings.maxEjectionTimeJitter, random)
        records[index].phase = .ejected(until: now + settings.ejectionTime(records[index].ejections) + jitter)
    }

    private mutating func countLocal(_ index: Int) -> OutlierEvent? {
        guard let settings else { return nil }
        records[index].localFailures += 1
        return Self.isReached(records[index].localFailures, settings.consecutiveLocalOriginFailures)
            ? .consecutiveLocalOriginFailure : nil
    }

    private mutating func countStatus(_ outcome: RequestOutcome, _ index: Int) -> OutlierEvent? {
        guard let settings else { return nil }
        guard outcome.status >= 500 else {
            records[index].forgetFailures()
            return nil
        }
        records[index].localFailures = 0
        records[index].fiveHundreds += 1
        if (502...504).contains(outcome.status) {
            records[index].gatewayFailures += 1
        } else {
            records[index].gatewayFailures = 0
        }
        if settings.enforcingGatewayFailures > 0,
            Self.isReached(records[index].gatewayFailures, settings.consecutiveGatewayFailures)
        {
            return .consecutiveGatewayFailure
        }
        return Self.isReached(records[index].fiveHundreds, settings.consecutiveServerErrors) ? .consecutive5xx : nil
    }

    /// Whether so many failures in a row are enough; a limit of 0 is never reached.
    private static func isReached(_ count: Int, _ limit: Int) -> Bool {
        limit > 0 && count >= limit
    }
}
