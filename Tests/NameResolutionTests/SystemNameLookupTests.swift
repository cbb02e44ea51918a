import Foundation
import NameResolution
import ProxyConfiguration
import Testing

@Suite struct SystemNameLookupTests {
    private static let v4: [(type: UInt16, ttl: UInt32, data: [UInt8])] = [
        (1, 30, [10, 0, 0, 1]), (1, 20, [10, 0, 0, 2]),
    ]
    private static let v6: [(type: UInt16, ttl: UInt32, data: [UInt8])] = [
        (28, 60, [0xFD] + [UInt8](repeating: 0, count: 14) + [1])
    ]

    private func lookUp(
        _ name: String,
        _ replies: [String: FakeNameServer.Reply],
        family: DNSOptions.Family = .automatic,
        hosts: String = "/nowhere"
    ) throws -> (answer: Result<NameAnswer, NameResolutionError>, questions: [String]) {
        let server = try FakeNameServer(replies)
        defer { server.stop() }
        let lookup = SystemNameLookup(
            server: SystemNameLookup.Server(address: "127.0.0.1", port: server.port),
            tryTimeout: 1,
            tries: 1,
            hostsPath: hosts
        )
        let deadline = ContinuousClock.now + .seconds(20)
        let result = Result { () throws(NameResolutionError) in
            try lookup.lookUp(NameQuestion(name, family: family), until: deadline)
        }
        return (result, server.questions)
    }

    @Test(
        "Families",
        arguments: [
            (.automatic, true, true, ["fd00::1"]), (.automatic, true, false, ["10.0.0.1", "10.0.0.2"]),
            (.v4Only, true, true, ["10.0.0.1", "10.0.0.2"]), (.v6Only, true, true, ["fd00::1"]),
            (.v6Only, true, false, []),
            (.v4Preferred, true, true, ["10.0.0.1", "10.0.0.2"]), (.v4Preferred, false, true, ["fd00::1"]),
            (.all, true, true, ["10.0.0.1", "10.0.0.2", "fd00::1"]), (.all, false, true, ["fd00::1"]),
        ] as [(DNSOptions.Family, Bool, Bool, [String])]
    )
    func families(family: DNSOptions.Family, hasV4: Bool, hasV6: Bool, expected: [String]) throws {
        let replies: [String: FakeNameServer.Reply] = [
            "1 app.example": .records(hasV4 ? Self.v4 : []), "28 app.example": .records(hasV6 ? Self.v6 : []),
        ]
        let (answer, _) = try lookUp("app.example", replies, family: family)
        let addresses = (try? answer.get())?.addresses.map(\.description) ?? []
        #expect(addresses == expected)
    }

    @Test(
        "The shortest life of all records counts, aliases included",
        arguments: [(nil, 20), (5, 5)] as [(UInt32?, Int)]
    )
    func timeToLive(alias: UInt32?, expected: Int) throws {
        let (answer, _) = try lookUp("app.example", ["1 app.example": .records(Self.v4, alias: alias)], family: .v4Only)
        #expect(try answer.get().timeToLive == .seconds(expected))
    }

    @Test("No such name, and a name without such addresses")
    func notFound() throws {
        #expect(try lookUp("app.example", [:]).answer == .failure(NameResolutionError(.notFound, "")))
        let replies: [String: FakeNameServer.Reply] = ["1 app.example": .records([]), "28 app.example": .records([])]
        #expect(try lookUp("app.example", replies).answer == .failure(NameResolutionError(.notFound, "")))
    }

    @Test("A server that fails, is silent or talks nonsense", arguments: 0..<4)
    func failure(index: Int) throws {
        let replies: [FakeNameServer.Reply] = [
            .code(2), .silence, .garbage([0xC0]), .garbage([0xC0, 12, 0, 1, 0, 1, 0]),
        ]
        let (answer, _) = try lookUp("app.example", ["1 app.example": replies[index]], family: .v4Only)
        #expect(answer == .failure(NameResolutionError(.serverFailure, "")))
    }

    @Test("One family that fails does not hide the other")
    func partial() throws {
        let replies: [String: FakeNameServer.Reply] = ["28 app.example": .code(2), "1 app.example": .records(Self.v4)]
        #expect(try lookUp("app.example", replies).answer.get().addresses.count == 2)
    }

    @Test("Addresses written as text are not asked for", arguments: ["10.1.2.3", "fd00::7"])
    func literals(text: String) throws {
        let (answer, questions) = try lookUp(text, [:])
        #expect(try answer.get() == NameAnswer(addresses: [#require(ResolvedAddress(text))]))
        #expect(questions.isEmpty)
    }

    @Test(
        "Names that no server may be asked for",
        arguments: ["", ".", "a..b", "a b", String(repeating: "a", count: 64), "é"]
    )
    func invalid(name: String) throws {
        let (answer, questions) = try lookUp(name, [:])
        #expect(answer == .failure(NameResolutionError(.invalidName, "")))
        #expect(questions.isEmpty)
    }

    @Test("The hosts file comes first")
    func hosts() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "hosts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try "# 1.1.1.1 app\n10.9.9.9\tother App.Example # app.example\nfd00::5 app.example\n".write(
            to: file,
            atomically: true,
            encoding: .utf8
        )
        let (answer, questions) = try lookUp("app.example.", [:], family: .all, hosts: file.path)
        #expect(try answer.get().addresses.map(\.description) == ["10.9.9.9", "fd00::5"])
        #expect(try lookUp("app.example", [:], family: .v6Only, hosts: file.path).answer.get().addresses.count == 1)
        #expect(questions.isEmpty)
    }

    @Test("Localhost is this host, whatever servers say")
    func localhost() throws {
        let (answer, questions) = try lookUp("app.localhost", [:], family: .v4Only)
        #expect(try answer.get().addresses.map(\.description) == ["127.0.0.1"])
        #expect(questions.isEmpty)
    }

    @Test("A deadline that is over asks nothing")
    func deadline() throws {
        let server = try FakeNameServer([:])
        defer { server.stop() }
        let lookup = SystemNameLookup(server: SystemNameLookup.Server(address: "127.0.0.1", port: server.port))
        #expect(throws: NameResolutionError(.timedOut, "")) {
            try lookup.lookUp(NameQuestion("app.example"), until: ContinuousClock.now)
        }
        #expect(server.questions.isEmpty)
    }
}
