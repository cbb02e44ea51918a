import Foundation
import Injection
import JSON
import Manifests
import SidecarCatalog

/// Measures `AdmissionReviewer.review` alone: bytes of an AdmissionReview in, bytes of the answer out, one thread.
///
/// Usage: EngineBenchmark CATALOG REVIEW.json... ; each review is asked for `log-shipper, proxy` on port 8080.
/// Prints a line a review: bytes in, bytes out, decision, microseconds of CPU a review (the median of the rounds).

func catalog(at path: String) throws -> Catalog {
    let documents = try ManifestSource([path]).documents()
    let loaded = CatalogLoader.load(
        documents.map { CatalogDocument(file: $0.file, value: $0.value, source: $0.source) }
    )
    guard let catalog = loaded.catalog else {
        print(loaded.diagnostics)
        exit(2)
    }
    return catalog
}

/// The review with the annotations that ask for two sidecars.
func asking(_ bytes: [UInt8]) throws -> [UInt8] {
    let review = try JSONParser.parse(bytes)
    var operations: [JSONPatch.Operation] = []
    let annotations = JSONPointer(["request", "object", "metadata", "annotations"])
    if review[annotations]?.object == nil { operations.append(.add(path: annotations, value: [:])) }
    operations.append(.add(path: annotations.appending("pillion.dev/inject"), value: "log-shipper, proxy"))
    operations.append(.add(path: annotations.appending("proxy.pillion.dev/port"), value: "8080"))
    return JSONWriter.compact(try JSONPatch(operations).applied(to: review))
}

/// CPU time of the process so far, in microseconds.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

let arguments = CommandLine.arguments.dropFirst()
guard let catalogPath = arguments.first, arguments.count > 1 else {
    print("usage: EngineBenchmark CATALOG REVIEW.json...")
    exit(64)
}
let reviewer = AdmissionReviewer(catalog: try catalog(at: catalogPath))
for path in arguments.dropFirst() {
    let body = try asking([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    let outcome = reviewer.review(body)
    let repetitions = max(20, min(2000, 20_000_000 / max(body.count, 1)))
    var rounds: [Double] = []
    for _ in 0..<9 {
        let start = processorTime()
        for _ in 0..<repetitions {
            guard reviewer.review(body).body.count == outcome.body.count else { fatalError("answers differ") }
        }
        rounds.append((processorTime() - start) / Double(repetitions))
    }
    let median = rounds.sorted()[rounds.count / 2]
    let name = URL(fileURLWithPath: path).lastPathComponent
    let figure = String(format: "%9.1f us", median)
    print("\(figure)  \(name): \(body.count) B in, \(outcome.body.count) B out, \(outcome.record.decision)")
}
