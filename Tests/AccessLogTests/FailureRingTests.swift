import AccessLog
import JSON
import Testing

@Suite struct FailureRingTests {
    private func entry(_ time: Int64, path: String = "/a?secret=1") -> FailureEntry {
        let record = LogRecord.full {
            $0.startTime = time
            $0.flags.insert(.upstreamConnectionFailure)
        }
        return FailureEntry(record, method: "GET", authority: "a.example", path: path, requestID: "id-1")
    }

    @Test("The last ones are kept, the latest first", arguments: [0, 1, 3, 4, 5, 11])
    func bounded(count: Int) {
        var ring = FailureRing(capacity: 4)
        for time in 0..<count { ring.append(entry(Int64(time))) }
        #expect(ring.entries.map(\.startTime) == (0..<count).suffix(4).reversed().map(Int64.init))
        #expect(ring.total == UInt64(count))
    }

    @Test("Rings of several loops are merged by time")
    func merged() {
        var one = FailureRing()
        var other = FailureRing()
        for time in [1, 4, 5] { one.append(entry(Int64(time))) }
        for time in [2, 3, 6] { other.append(entry(Int64(time))) }
        #expect(FailureRing.merged([one, other], count: 5).map(\.startTime) == [6, 5, 4, 3, 2])
    }

    @Test("An entry in words, without the query")
    func text() {
        #expect(
            entry(1_795_269_787_250_123_456).text == """
                2026-11-21T14:03:07.250Z GET a.example/a -> 503 UF after 17 ms, 2 tries
                    No connection to the endpoint could be made.
                    See whether the endpoint listens at the address and port that /clusters shows.
                    route main, cluster app, endpoint 10.0.0.9:8080, details: via_upstream, request id id-1

                """
        )
    }

    @Test("An entry as JSON")
    func json() {
        let json = entry(0).json
        #expect(json["response_flags"] == "UF")
        #expect(json["path"] == "/a")
        #expect(json["what"] == ["No connection to the endpoint could be made."])
    }

    @Test("Long and hostile texts stay short and on their line")
    func hostile() {
        let entry = entry(0, path: "/" + String(repeating: "\n", count: 1000))
        #expect(entry.path.utf8.count == 256)
        #expect(entry.text.split(separator: "\n").count == 4)
    }
}
