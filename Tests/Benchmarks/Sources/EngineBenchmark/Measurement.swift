import CAllocations
import Foundation
import Injection

/// CPU time of this process, in microseconds.
enum Measurement {
    /// The time spent so far.
    static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }

    /// The median of what one repetition of a task costs, over rounds.
    static func cost(rounds: Int, repetitions: Int, _ task: () throws -> Void) rethrows -> Double {
        var costs: [Double] = []
        for _ in 0..<rounds {
            let start = processorTime
            for _ in 0..<repetitions { try task() }
            costs.append((processorTime - start) / Double(repetitions))
        }
        return costs.sorted()[rounds / 2]
    }

    /// What one review of a body costs.
    static func cost(of body: [UInt8], _ reviewer: AdmissionReviewer) -> Double {
        let length = reviewer.review(body).body.count
        return cost(rounds: 9, repetitions: max(20, min(2000, 20_000_000 / max(body.count, 1)))) {
            guard reviewer.review(body).body.count == length else { fatalError("answers differ") }
        }
    }

    /// How many blocks of memory one review of a body allocates.
    static func allocations(of body: [UInt8], _ reviewer: AdmissionReviewer) -> Int {
        let repetitions = 20
        for _ in 0..<repetitions { _ = reviewer.review(body) }
        let start = pillion_allocations()
        for _ in 0..<repetitions { _ = reviewer.review(body) }
        return Int(pillion_allocations() - start) / repetitions
    }
}
