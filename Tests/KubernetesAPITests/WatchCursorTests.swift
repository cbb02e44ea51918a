import Testing

@testable import KubernetesAPI

@Suite struct WatchCursorTests {
    private func cursor(after lines: String...) -> (cursor: WatchCursor, changes: Int) {
        var cursor = WatchCursor()
        var changes = 0
        for line in lines where cursor.receive(WatchEvent(line: Array(line.utf8))) { changes += 1 }
        return (cursor, changes)
    }

    @Test("Changes and bookmarks move the cursor, only changes are told")
    func moves() {
        let (cursor, changes) = cursor(
            after: #"{"type":"ADDED","object":{"metadata":{"resourceVersion":"5"}}}"#,
            #"{"type":"DELETED","object":{"metadata":{"resourceVersion":"7"}}}"#,
            #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"90"}}}"#
        )
        #expect(cursor.resourceVersion == "90")
        #expect(changes == 2)
    }

    @Test(
        "After a lost history or nonsense it begins with the present state",
        arguments: [
            #"{"type":"ERROR","object":{"kind":"Status","code":410}}"#, #"{"type":"ERROR"}"#, "nonsense", "[]",
            #"{"type":"PARTY"}"#, #"{"type":"MODIFIED","object":{"metadata":{"resourceVersion":"1&x=2"}}}"#,
            #"{"type":"BOOKMARK","object":{}}"#,
        ]
    )
    func beginsAgain(line: String) {
        let (cursor, _) = cursor(after: #"{"type":"ADDED","object":{"metadata":{"resourceVersion":"5"}}}"#, line)
        #expect(cursor.resourceVersion == nil)
    }

    @Test("410 as the answer begins again, other errors go on from the same place")
    func endsWithErrors() {
        var (cursor, _) = cursor(after: #"{"type":"ADDED","object":{"metadata":{"resourceVersion":"5"}}}"#)
        _ = cursor.end(KubernetesAPIError(.unreachable, ""), after: 60, random: 1)
        #expect(cursor.resourceVersion == "5")
        _ = cursor.end(nil, after: 60, random: 1)
        #expect(cursor.resourceVersion == "5")
        _ = cursor.end(KubernetesAPIError(.gone, ""), after: 60, random: 1)
        #expect(cursor.resourceVersion == nil)
    }

    @Test("Watches that end at once wait longer and longer, up to a limit; one that lasted begins again")
    func backsOff() {
        var cursor = WatchCursor(backoff: Backoff(initial: .seconds(1), limit: .seconds(4)))
        let waits = (0..<4).map { _ in cursor.end(nil, after: 0, random: 1) }
        #expect(waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(4)])
        #expect(cursor.end(nil, after: 5, random: 1) == .seconds(1))
    }

    @Test(
        "Chance shortens a wait by half at most",
        arguments: [(-1.0, 500), (0, 500), (0.5, 750), (1, 1000), (9, 1000)]
    )
    func jitters(random: Double, milliseconds: Int) {
        var backoff = Backoff(initial: .seconds(1), limit: .seconds(4))
        #expect(backoff.next(random: random) == .milliseconds(milliseconds))
    }
}
