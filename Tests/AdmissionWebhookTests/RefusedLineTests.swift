import NIOCore
import NIOEmbedded
import Testing

@testable import AdmissionWebhook

@Suite struct RefusedLineTests {
    private let loop = EmbeddedEventLoop()
    private let line: RefusedLine

    init() {
        line = RefusedLine(eventLoop: loop)
    }

    /// Puts `count` in line and counts who was let go.
    private func join(_ count: Int) -> LetGo {
        let letGo = LetGo()
        for number in 0..<count {
            line.join().assumeIsolated().whenSuccess { letGo.numbers.append(number) }
        }
        return letGo
    }

    @Test("One is let go in a turn that answers others, eight in one that answers nobody, first come first")
    func turns() {
        let letGo = join(20)
        for _ in 0..<100 { line.noteAnswer() }
        line.move()
        #expect(letGo.numbers == [0])
        line.move()
        #expect(letGo.numbers == Array(0..<9))
        for _ in 0..<5 { line.noteAnswer() }
        line.move()
        #expect(letGo.numbers == Array(0..<12))
    }

    @Test("Where nobody else asks, the line moves by itself until it is empty")
    func alone() {
        let letGo = join(100)
        loop.advanceTime(by: .milliseconds(9))
        #expect(letGo.numbers.isEmpty)
        loop.advanceTime(by: .milliseconds(1))
        #expect(letGo.numbers == Array(0..<32))
        loop.advanceTime(by: .milliseconds(30))
        #expect(letGo.numbers == Array(0..<100))
    }

    @Test("The line does not move twice in one turn")
    func once() {
        let letGo = join(100)
        line.move()
        loop.advanceTime(by: .milliseconds(10))
        #expect(letGo.numbers.count == 8)
        loop.advanceTime(by: .milliseconds(10))
        #expect(letGo.numbers.count == 40)
    }

    @Test("The line is bounded: whoever is one too many lets the first go, without a pass")
    func bounded() {
        let letGo = join(10_000)
        #expect(letGo.numbers.isEmpty)
        _ = join(3)
        #expect(letGo.numbers == [0, 1, 2])
        #expect(!line.takePass())
    }

    @Test("There are as many passes as were let go, and they end with the turn")
    func passes() {
        #expect(!line.takePass())
        _ = join(9)
        line.move()
        #expect((0..<10).count { _ in line.takePass() } == 8)
        line.move()
        #expect(line.takePass())
        #expect(!line.takePass())
        line.move()
        #expect(!line.takePass())
    }

    @Test("A pass that nobody used is gone after a while")
    func unused() {
        _ = join(1)
        loop.advanceTime(by: .milliseconds(10))
        loop.advanceTime(by: .milliseconds(10))
        #expect(!line.takePass())
    }
}

/// The numbers of those who were let go.
private final class LetGo {
    var numbers: [Int] = []
}
