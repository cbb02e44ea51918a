import AdmissionWebhook
import Injection
import Manifests
import SidecarCatalog
import Testing

@Suite("CatalogReloader")
struct CatalogReloaderTests {
    private func store(_ path: String) throws -> CatalogStore {
        CatalogStore(try #require(CatalogReader.read(path).catalog), settings: AdmissionReviewer.Settings())
    }

    @Test("a new catalog is taken into use, an unchanged one is not")
    func change() async throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText(), to: "one.yaml")
        let store = try store(folder.path)
        let reloader = CatalogReloader(path: folder.path, store: store) { _ in }
        #expect(try await reloader.reload() == .unchanged)
        #expect(store.snapshot.generation == 1)
        try folder.write(catalogText(image: "one:2.0.0"), to: "one.yaml")
        #expect(try await reloader.reload() == .installed)
        #expect(store.snapshot.generation == 2)
    }

    @Test("a broken catalog keeps the last good one and says why, until it is mended")
    func broken() async throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText(), to: "one.yaml")
        let store = try store(folder.path)
        let hash = store.snapshot.catalog.hash
        let reloader = CatalogReloader(path: folder.path, store: store) { _ in }
        for text in ["kind: [", "kind: Unknown", catalogText().replacing("1.0.0: ", with: "x: "), "a: *b"] {
            try folder.write(text, to: "one.yaml")
            guard case .failed = try await reloader.reload() else {
                Issue.record("taken into use: \(text)")
                continue
            }
            #expect(store.failure != nil)
            #expect(store.snapshot.catalog.hash == hash)
        }
        try folder.write(catalogText(), to: "one.yaml")
        #expect(try await reloader.reload() == .unchanged)
        #expect(store.failure == nil)
    }

    @Test("the swap of a ConfigMap mount is seen without being told")
    func swap() async throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText(), to: "..1/one.yaml")
        try folder.write(catalogText(image: "one:2.0.0"), to: "..2/one.yaml")
        try folder.link("..data", to: "..1")
        try folder.link("one.yaml", to: "..data/one.yaml")
        let store = try store(folder.path)
        let reloader = CatalogReloader(path: folder.path, store: store, interval: .milliseconds(10)) { _ in }
        let service = Task { try await reloader.run() }
        try folder.link("..data", to: "..2")
        let deadline = ContinuousClock.now + .seconds(60)
        while store.snapshot.generation == 1, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(10))
        }
        service.cancel()
        #expect(store.snapshot.generation == 2)
    }

    @Test("a catalog that changes between the start and the first look is not missed")
    func changedAtStart() async throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText(), to: "one.yaml")
        let reading = CatalogReader.read(folder.path)
        let store = CatalogStore(try #require(reading.catalog), settings: AdmissionReviewer.Settings())
        try folder.write(catalogText(image: "one:2.0.0-longer"), to: "one.yaml")
        let stamp = try #require(reading.stamp)
        let reloader = CatalogReloader(path: folder.path, store: store, stamp: stamp, interval: .milliseconds(10)) {
            _ in
        }
        let service = Task { try await reloader.run() }
        let deadline = ContinuousClock.now + .seconds(60)
        while store.snapshot.generation == 1, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(10))
        }
        service.cancel()
        #expect(store.snapshot.generation == 2)
    }

    @Test("a mount that is swapped while it is read gives one of its generations, never a mixture")
    func neverMixed() async throws {
        let folder = try TemporaryFolder()
        let names = (0..<12).map { "s\($0).yaml" }
        for (generation, image) in [("..1", "one:1.0.0"), ("..2", "one:2.0.0")] {
            for name in names {
                try folder.write(catalogText(image: image, name: String(name.dropLast(5))), to: "\(generation)/\(name)")
            }
        }
        try folder.link("..data", to: "..1")
        for name in names { try folder.link(name, to: "..data/\(name)") }
        let hashes = try ["..1", "..2"].map { generation in
            try #require(CatalogReader.read("\(folder.path)/\(generation)").catalog).hash
        }
        let swapping = Task.detached {
            var turn = 0
            while !Task.isCancelled {
                turn += 1
                try folder.link("..data", to: turn % 2 == 0 ? "..1" : "..2")
                try await Task.sleep(for: .microseconds(Int.random(in: 8000..<20_000)))
            }
        }
        for _ in 0..<40 {
            let reading = CatalogReader.read(folder.path)
            guard let catalog = reading.catalog else {
                #expect(reading.error?.code == .unreadable, "\(reading.problems)")
                continue
            }
            #expect(hashes.contains(catalog.hash))
        }
        swapping.cancel()
        _ = await swapping.result
        // A slow machine may have read nothing before; now nothing moves any more.
        let settled = try #require(CatalogReader.read(folder.path).catalog)
        #expect(hashes.contains(settled.hash))
    }
}
