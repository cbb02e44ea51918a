import Glibc
import NameResolution
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct NameResolverTests {
    /// A lookup that waits until it is let go.
    private final class GatedLookup: NameLookup {
        private let state = Mutex((isOpen: false, names: [String]()))

        var names: [String] { state.withLock { $0.names } }

        func open() { state.withLock { $0.isOpen = true } }

        func lookUp(_ question: NameQuestion, until deadline: ContinuousClock.Instant) throws(NameResolutionError)
            -> NameAnswer
        {
            state.withLock { $0.names.append(question.name) }
            while !state.withLock({ $0.isOpen }), ContinuousClock.now < deadline { usleep(1000) }
            guard question.name != "bad", let address = ResolvedAddress("10.0.0.1") else {
                throw NameResolutionError(.notFound, question.name)
            }
            return NameAnswer(addresses: [address])
        }
    }

    private func answer(_ resolver: NameResolver, _ name: String) async -> Result<NameAnswer, NameResolutionError> {
        await withCheckedContinuation { continuation in
            resolver.resolve(NameQuestion(name)) { continuation.resume(returning: $0) }
        }
    }

    @Test("Answers and errors come back")
    func results() async throws {
        let lookup = GatedLookup()
        lookup.open()
        let resolver = NameResolver(lookup)
        defer { resolver.shutDown() }
        #expect(try await answer(resolver, "good").get().addresses.map(\.description) == ["10.0.0.1"])
        #expect(await answer(resolver, "bad") == .failure(NameResolutionError(.notFound, "bad")))
    }

    @Test("The same question at the same time is looked up once")
    func joined() async throws {
        let lookup = GatedLookup()
        let resolver = NameResolver(lookup, patience: .seconds(30))
        defer { resolver.shutDown() }
        await withTaskGroup(of: Bool.self) { group in
            let (answers, continuation) = AsyncStream.makeStream(of: Bool.self)
            for _ in 0..<20 {
                resolver.resolve(NameQuestion("app")) { result in
                    continuation.yield((try? result.get()) != nil)
                }
            }
            group.addTask {
                var count = 0
                for await isGood in answers where isGood {
                    count += 1
                    if count == 20 { break }
                }
                return count == 20
            }
            lookup.open()
            for await isComplete in group { #expect(isComplete) }
        }
        #expect(lookup.names == ["app"])
    }

    @Test("The queue is bounded")
    func bounded() async {
        let lookup = GatedLookup()
        let resolver = NameResolver(lookup, threadCount: 1, limit: 3, patience: .seconds(30))
        for index in 0..<3 { resolver.resolve(NameQuestion("\(index)")) { _ in } }
        #expect(await answer(resolver, "more") == .failure(NameResolutionError(.overloaded, "more")))
        lookup.open()
        resolver.shutDown()
    }

    @Test("After the end no question is taken")
    func ended() async {
        let resolver = NameResolver(GatedLookup())
        resolver.shutDown()
        resolver.shutDown()
        #expect(await answer(resolver, "app") == .failure(NameResolutionError(.shutDown, "app")))
    }

    @Test("Time in the queue counts")
    func patience() async {
        let lookup = GatedLookup()
        lookup.open()
        let resolver = NameResolver(lookup, patience: .zero)
        defer { resolver.shutDown() }
        #expect(await answer(resolver, "app") == .failure(NameResolutionError(.timedOut, "app")))
        #expect(lookup.names.isEmpty)
    }
}
