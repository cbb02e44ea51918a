import Foundation
import Injection
import JSON
import Manifests
import SidecarCatalog

/// Measures `AdmissionReviewer.review` alone: bytes of an AdmissionReview in, bytes of the answer out, one thread; and
/// how long a catalog takes to load.
///
/// Usage: EngineBenchmark CATALOG REVIEW.json... ; each review is asked for `log-shipper, proxy` on port 8080.
/// Prints a line a review: bytes in, bytes out, decision, microseconds of CPU a review (the median of the rounds). Then
/// the same under a catalog with 1,000 sidecars more, and for a review with thousands of annotations that mean nothing.

/// The documents of a catalog, without the kustomization that may lie beside them.
func documents(at path: String) throws -> [ManifestDocument] {
    let source = ManifestSource([path])
    let names = try source.names().filter { !$0.hasSuffix("/kustomization.yaml") }
    return try names.flatMap { try source.file(named: $0).documents }
}

func catalog(of documents: [ManifestDocument]) throws -> Catalog {
    let loaded = CatalogLoader.load(
        documents.map { CatalogDocument(file: $0.file, value: $0.value, source: $0.source) }
    )
    guard let catalog = loaded.catalog else {
        print(loaded.diagnostics)
        exit(2)
    }
    return catalog
}

/// The review with annotations: those that ask for two sidecars, and as many without a meaning.
func asking(_ bytes: [UInt8], meaningless: Int = 0) throws -> [UInt8] {
    let review = try JSONParser.parse(bytes)
    var operations: [JSONPatch.Operation] = []
    let annotations = JSONPointer(["request", "object", "metadata", "annotations"])
    if review[annotations]?.object == nil { operations.append(.add(path: annotations, value: [:])) }
    operations.append(.add(path: annotations.appending("pillion.dev/inject"), value: "log-shipper, proxy"))
    operations.append(.add(path: annotations.appending("proxy.pillion.dev/port"), value: "8080"))
    for number in 0..<meaningless {
        operations.append(.add(path: annotations.appending("fillr-\(number).pillion.dev/path"), value: "/x"))
    }
    return JSONWriter.compact(try JSONPatch(operations).applied(to: review))
}

func show(_ figure: Double, _ unit: String, _ text: String) {
    print(String(format: "%9.1f \(unit)  ", figure) + text)
}

let arguments = CommandLine.arguments.dropFirst()
guard let catalogPath = arguments.first, arguments.count > 1 else {
    print("usage: EngineBenchmark CATALOG REVIEW.json...")
    exit(64)
}
let shipped = AdmissionReviewer(catalog: try catalog(of: try documents(at: catalogPath)))
let text = LargeCatalog.text
let large = AdmissionReviewer(catalog: try LargeCatalog.load(besides: catalogPath, text))
var reviews: [(name: String, bytes: [UInt8])] = []
for path in arguments.dropFirst() {
    let url = URL(fileURLWithPath: path)
    reviews.append((url.lastPathComponent, [UInt8](try Data(contentsOf: url))))
}
for review in reviews {
    let body = try asking(review.bytes)
    let outcome = shipped.review(body)
    let allocations = Measurement.allocations(of: body, shipped)
    let sizes =
        "\(body.count) B in, \(outcome.body.count) B out, \(outcome.record.decision), \(allocations) allocations"
    show(Measurement.cost(of: body, shipped), "us", "\(review.name): \(sizes)")
}
print(
    "with \(LargeCatalog.count) sidecars more, \(text.utf8.count) B of YAML (bars: 1,000 ms to load, no cost a review):"
)
let load = try Measurement.cost(rounds: 5, repetitions: 1) { _ = try LargeCatalog.load(besides: catalogPath, text) }
show(load / 1e3, "ms", "load")
for review in reviews {
    show(Measurement.cost(of: try asking(review.bytes), large), "us", review.name)
}
if let review = reviews.first {
    let body = try asking(review.bytes, meaningless: 6000)
    let outcome = large.review(body)
    show(
        Measurement.cost(of: body, large),
        "us",
        "6,000 misspelt annotations: \(body.count) B in, \(outcome.record.decision)"
    )
}
