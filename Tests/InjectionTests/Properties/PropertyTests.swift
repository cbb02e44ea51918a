import Fixtures
import Foundation
import Injection
import JSON
import Testing

/// Random pods with hostile annotations: whatever they say, the patch stays within what the catalog opens.
///
/// `PILLION_PROPERTY_PODS` sets how many pods are tried (2,000 unless set; 100,000 make a night's run), and
/// `PILLION_PROPERTY_SEED` the seed, which is printed.
@Suite("Properties of the injection")
struct PropertyTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let pods = environment["PILLION_PROPERTY_PODS"].flatMap { Int($0) } ?? 2000
    private static let seed =
        environment["PILLION_PROPERTY_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)

    @Test("whatever a pod's annotations say, it gets what the catalog opens and nothing else")
    func properties() throws {
        print("PropertyTests: \(Self.pods) pods, PILLION_PROPERTY_SEED=\(Self.seed)")
        var random = SplitMix64(seed: Self.seed)
        let catalogs = [try PropertyCatalog.shipped(), try PropertyCatalog.synthetic()]
        let generators = catalogs.map { RandomAnnotations($0) }
        var trials = catalogs.map { PropertyTrial($0) }
        var failures = 0
        for run in 0..<Self.pods {
            let which = run % catalogs.count
            let annotations = generators[which].next(&random)
            let pod = RandomPod.next(annotations, &random)
            let problems = try trials[which].problems(pod, &random)
            #expect(problems.isEmpty, "seed \(Self.seed), pod \(run): \(problems)\n\(pod.compactText.prefix(4000))")
            failures += problems.isEmpty ? 0 : 1
            if failures >= 10 { return }
        }
        // A generator that is always refused would test nothing.
        for trial in trials {
            print("PropertyTests: \(trial.summary)")
            #expect(trial.injected > Self.pods / 10, "\(trial.summary)")
            #expect(trial.compared > Self.pods / 20, "\(trial.summary)")
        }
    }
}
