import CatalogTesting
import Testing

@Suite("GoldenCaseFinder")
struct GoldenCaseFinderTests {
    @Test("folders with a pod or a workload are cases, named below the folder that was searched")
    func cases() {
        let finder = GoldenCaseFinder(
            files: [
                "t/a/expected.yaml", "t/a/pod.yaml", "t/deep/b/options.yaml", "t/deep/b/workload.json", "t/notes.yaml",
            ],
            below: "t"
        )
        #expect(finder.cases.map(\.name) == ["a", "deep/b"])
        #expect(finder.cases.first?.expected == "t/a/expected.yaml")
        #expect(finder.cases.last?.input == "t/deep/b/workload.json")
        #expect(finder.cases.last?.options == "t/deep/b/options.yaml")
        #expect(finder.cases.last?.expectedPath == "t/deep/b/expected.yaml")
        #expect(finder.broken.isEmpty)
    }

    @Test("a case can be named itself")
    func itself() {
        #expect(GoldenCaseFinder(files: ["t/a/pod.yaml"], below: "t/a").cases.map(\.name) == ["a"])
    }

    @Test(
        "a folder that only looks like a case is told",
        arguments: [["t/a/expected.yaml"], ["t/a/options.yaml"], ["t/a/pod.yaml", "t/a/workload.yaml"]]
    )
    func broken(_ files: [String]) {
        let finder = GoldenCaseFinder(files: files, below: "t")
        #expect(finder.cases.isEmpty)
        #expect(finder.broken.map(\.name) == ["a"])
    }
}
