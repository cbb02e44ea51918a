import NIOCore
import Testing

@testable import ServerHTTP

@Suite("Deadlines that lie apart")
struct DeadlineSpreadTests {
    @Test("the first has what it asks for, and a hundred at once lie up to a sixteenth apart, none with many others")
    func spread() {
        let spread = DeadlineSpread()
        let later = (0..<100).map { _ in spread.next(of: .seconds(16)).nanoseconds }
        #expect(later.first == 0)
        #expect(later.allSatisfy { (0..<1_000_000_000).contains($0) })
        // By tenths of the second.
        let tenths = Dictionary(grouping: later) { $0 / 100_000_000 }
        #expect(tenths.count == 10)
        #expect(tenths.values.allSatisfy { $0.count <= 12 })
    }

    @Test("of no time there is nothing to spread")
    func nothing() {
        let spread = DeadlineSpread()
        #expect((0..<10).allSatisfy { _ in spread.next(of: .zero) == .zero })
    }
}
