import SidecarCatalog
import Testing

@Suite("Start order")
struct StartOrderTests {
    private func documents(_ sidecars: [String: String]) -> String {
        let bodies = sidecars.sorted { $0.key > $1.key }.map { Document.sidecar($0.key, spec: [$0.value]) }
        return (bodies + [Document.catalog("{phases: [one, two]}")]).joined(separator: "---\n")
    }

    @Test(
        "sidecars start by phase, then by after and before, then by name",
        arguments: [
            (["a": "phase: two", "b": "phase: one", "c": "title: x"], ["b", "a", "c"]),
            (["a": "after: [c]", "b": "title: x", "c": "title: x"], ["b", "c", "a"]),
            (["a": "title: x", "b": "title: x", "c": "before: [a]"], ["b", "c", "a"]),
            (["a": "after: [b]", "b": "after: [c]", "c": "title: x", "d": "title: x"], ["c", "b", "a", "d"]),
            (["a": "{phase: two, after: [b]}", "b": "phase: one"], ["b", "a"]),
        ]
    )
    func order(_ sidecars: [String: String], _ expected: [String]) throws {
        let catalog = try Loaded.catalog(
            documents(sidecars.mapValues { $0.hasPrefix("{") ? "phase: two\n  after: [b]" : $0 })
        )
        #expect(catalog.sidecars.map(\.name.rawValue) == expected)
    }

    @Test("a cycle is an error that names it")
    func cycle() throws {
        let lines = try Loaded.lines(
            documents(["a": "after: [c]", "b": "after: [a]", "c": "after: [b]", "d": "title: x"])
        )
        #expect(
            lines.contains { $0.contains("error: the start order has a cycle: b before c before a before b;") },
            "\(lines)"
        )
    }

    @Test("a sidecar cannot start after itself")
    func itself() throws {
        let lines = try Loaded.lines(documents(["a": "after: [a]"]))
        #expect(lines.contains { $0.contains("a cycle: a before a;") }, "\(lines)")
    }

    @Test("an order against the phases is an error")
    func phases() throws {
        let lines = try Loaded.lines(documents(["a": "phase: one\n  after: [b]", "b": "phase: two"]))
        #expect(
            lines.contains { $0.contains("'b' cannot start before 'a', since its phase is a later one") },
            "\(lines)"
        )
    }

    @Test("a name that does not exist is a warning and is left out")
    func unknown() throws {
        let (catalog, diagnostics) = try Loaded.all(documents(["proxy": "title: x", "a": "after: [porxy]"]))
        #expect(catalog?.sidecar(try #require(SidecarName("a")))?.after == [])
        #expect(diagnostics.map(\.code) == [.unknownSidecar])
        #expect(diagnostics.first?.hint == "did you mean 'proxy'?")
    }

    @Test("an unknown phase is an error")
    func unknownPhase() throws {
        let lines = try Loaded.lines(documents(["a": "phase: tow"]))
        #expect(
            lines.contains { $0.contains("there is no phase 'tow'; did you mean 'two'? (unknown-phase)") },
            "\(lines)"
        )
    }
}
