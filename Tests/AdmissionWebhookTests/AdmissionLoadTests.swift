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

    @Test("A loop that is kept busy for longer than allowed counts as overloaded", .timeLimit(.minutes(1)))
    func busyLoop() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let load = AdmissionLoad(loops: [loop], longestTurn: .milliseconds(1))
        var wasRefused = false
        while !wasRefused {
            wasRefused = try await loop.submit {
                let start = ContinuousClock.now
                var refused = false
                // As many as are answered in any case, and then for longer than the timer's interval.
                while ContinuousClock.now - start < .milliseconds(30) {
                    if !load.admits(on: loop, at: .now) { refused = true }
                }
                return refused
            }.get()
        }
        #expect(wasRefused)
    }

    @Test("A loop that nobody watches answers everything")
    func otherLoop() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let load = AdmissionLoad(longestTurn: .zero)
        #expect(try await loop.submit { load.admits(on: loop, at: .now) }.get())
    }
}
