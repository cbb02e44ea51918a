import CatalogTesting
import Fixtures
import Foundation
import Manifests
import SidecarCatalog
import Testing

@Suite("Shipped golden cases")
struct ShippedCasesTests {
    private static let chart = Fixture.repository.appendingPathComponent("charts/pillion").path

    private static func documents(_ file: String) throws -> [ManifestDocument] {
        try ManifestSource([file]).file(named: file).documents
    }

    private func runner() throws -> GoldenRunner {
        let names = try ManifestSource(["\(Self.chart)/catalog"]).names().filter { !$0.hasSuffix("kustomization.yaml") }
        let documents = try names.flatMap(Self.documents).map {
            CatalogDocument(file: $0.file, value: $0.value, source: $0.source)
        }
        return GoldenRunner(catalog: try #require(CatalogLoader.load(documents).catalog))
    }

    @Test("the shipped catalog does to pods what its cases say")
    func cases() throws {
        let folder = "\(Self.chart)/tests"
        let finder = GoldenCaseFinder(files: try ManifestSource([folder]).names(), below: folder)
        let runner = try runner()
        #expect(finder.broken.isEmpty)
        #expect(finder.cases.count >= 22)
        for golden in finder.cases {
            let options = try golden.options.flatMap { file in
                try Self.documents(file).first.map { try GoldenOptions($0.value, file: file) }
            }
            let result = try runner.run(
                try Self.documents(golden.input),
                options: options ?? GoldenOptions(),
                expected: try golden.expected.map { try Self.documents($0).map(\.value) }
            )
            #expect(result.problems.map { "\($0.message)\n\($0.details)" } == [], "\(golden.name)")
        }
    }
}
