import Injection
import JSON
import Manifests
import SidecarCatalog

/// YAML to documents to a catalog; with one that loads, a pod that asks for everything in it is decided.
struct CatalogTarget: FuzzTarget {
    static let name = "catalog"

    func run(_ input: [UInt8]) {
        // A catalog in fuzzing is small: a limit for the file keeps the time for one input short.
        let limits = ManifestLimits(fileBytes: 64 << 10, nodes: 20_000)
        guard let documents = try? ManifestReader.documents(in: input, limits: limits) else { return }
        let loaded = CatalogLoader.load(
            documents.map { CatalogDocument(file: $0.file, value: $0.value, source: $0.source) }
        )
        guard let catalog = loaded.catalog else {
            require(!loaded.diagnostics.entries.isEmpty, "no catalog and no diagnostic")
            return
        }
        let names = catalog.sidecars.map(\.name.rawValue).joined(separator: ",")
        let review: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": [
                "uid": "1", "kind": ["group": "", "version": "v1", "kind": "Pod"],
                "resource": ["group": "", "version": "v1", "resource": "pods"], "operation": "CREATE",
                "namespace": "shop",
                "object": [
                    "apiVersion": "v1", "kind": "Pod",
                    "metadata": ["name": "p", "annotations": ["pillion.dev/inject": .string(names)]],
                    "spec": ["containers": [["name": "app", "image": "a"]]],
                ],
            ],
        ]
        let outcome = AdmissionReviewer(catalog: catalog).review(JSONWriter.compact(review))
        require(
            outcome.kind == .answered,
            "a catalog that loads makes the engine fail: \(String(decoding: outcome.body, as: UTF8.self))"
        )
    }
}
