import ProxyConfiguration

extension OutlierDetector {
    /// Compares the rates of success of the last interval, and forgives a little.
    mutating func sweep(now: Duration, random: UInt64) -> [(index: Int, event: OutlierEvent)] {
        guard let settings else { return [] }
        var words = RandomWords(random)
        var events: [(index: Int, event: OutlierEvent)] = []
        for (index, cause) in outliers(settings) where records[index].phase == .admitted {
            guard let event = eject(index, cause, now: now, random: words.next()) else { continue }
            events.append((index, event))
        }
        for index in records.indices {
            records[index].requests = 0
            records[index].successes = 0
            // An interval in which it behaved makes its next ejection shorter.
            guard records[index].phase == .admitted, records[index].ejections > 0 else { continue }
            records[index].ejections -= 1
        }
        return events
    }

    private func outliers(_ settings: OutlierDetection) -> [(Int, OutlierEvent)] {
        lowRates(settings).map { ($0, .successRate) } + failing(settings).map { ($0, .failurePercentage) }
    }

    /// The endpoints whose rate lies too many standard deviations below the mean.
    private func lowRates(_ settings: OutlierDetection) -> [Int] {
        let busy = busyRates(volume: settings.successRateRequestVolume)
        guard settings.enforcingSuccessRate > 0, busy.count >= max(1, settings.successRateMinimumHosts) else {
            return []
        }
        let count = Double(busy.count)
        let mean = busy.reduce(0) { $0 + $1.rate } / count
        let variance = busy.reduce(0) { $0 + ($1.rate - mean) * ($1.rate - mean) } / count
        let limit = mean - variance.squareRoot() * Double(settings.successRateDeviationFactor) / 1000
        return busy.filter { $0.rate < limit }.map(\.index)
    }

    /// The endpoints that fail more often than allowed.
    private func failing(_ settings: OutlierDetection) -> [Int] {
        let busy = busyRates(volume: settings.failurePercentageRequestVolume)
        guard settings.enforcingFailurePercentage > 0, busy.count >= max(1, settings.failurePercentageMinimumHosts)
        else { return [] }
        return busy.filter { 100 - $0.rate >= Double(settings.failurePercentageThreshold) }.map(\.index)
    }

    private func busyRates(volume: Int) -> [(index: Int, rate: Double)] {
        records.indices.compactMap { index in
            let record = records[index]
            guard record.phase == .admitted, record.requests >= max(1, volume) else { return nil }
            return (index, 100 * Double(record.successes) / Double(record.requests))
        }
    }
}
