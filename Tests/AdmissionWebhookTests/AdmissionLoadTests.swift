import NIOCore
import NIOPosix
import Testing

@testable import AdmissionWebhook

@Suite struct AdmissionLoadTests {
    @Test("The queue for large reviews has so many places and no more")
    func places() {
        let load = AdmissionLoad(queueLimit: 2)
        #expect(load.takePlace())
        #expect(load.takePlace())
        #expect(!load.takePlace())
        #expect(load.queueLength == 2)
        load.returnPlace()
        #expect(load.takePlace())
    }

    @Test(
        "A loop that is kept busy for longer than allowed refuses, and answers at the end of the turn",
        .timeLimit(.minutes(1))
    )
    func busyLoop() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let load = AdmissionLoad(loops: [loop], longestTurn: .milliseconds(1))
        var seen: Set<String> = []
        while !seen.contains("refused") {
            let some = try await loop.submit {
                let start = ContinuousClock.now
                var seen: Set<String> = []
                // As many as are answered in any case, and then for longer than the timer's interval.
                while ContinuousClock.now - start < .milliseconds(30) {
                    seen.insert(load.verdict(on: loop, at: .now, hasWaited: false).name)
                }
                return seen
            }.get()
            seen.formUnion(some)
        }
        #expect(seen == ["answered", "answered after the turn", "refused"])
    }

    @Test("Who was refused is let go, and answered when that was awaited")
    func line() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let load = AdmissionLoad(loops: [loop], longestTurn: .zero)
        let refused = { @Sendable () -> EventLoopFuture<Void>? in
            guard case .refuse(let turn) = load.verdict(on: loop, at: .now, hasWaited: false) else { return nil }
            return turn
        }
        while true {
            let turns = try await loop.submit { (0..<100).compactMap { _ in refused() } }.get()
            guard let first = turns.first else {
                try await Task.sleep(for: .milliseconds(15))
                continue
            }
            // The first are let go together, in a turn that has not answered anybody yet.
            let name = try await first.map { _ in
                for _ in 0..<100 { _ = refused() }
                return load.verdict(on: loop, at: .now, hasWaited: true).name
            }.get()
            #expect(name == "answered after the turn")
            break
        }
    }

    @Test("A loop that nobody watches answers everything")
    func otherLoop() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let load = AdmissionLoad(longestTurn: .zero)
        let name = try await loop.submit { load.verdict(on: loop, at: .now, hasWaited: false).name }.get()
        #expect(name == "answered")
    }
}

extension LoopVerdict {
    fileprivate var name: String {
        switch self {
        case .answer: "answered"
        case .answerAfterTurn: "answered after the turn"
        case .refuse: "refused"
        }
    }
}
