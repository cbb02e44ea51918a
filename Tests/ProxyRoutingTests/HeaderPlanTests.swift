import AccessLog
import HTTP1
import ProxyConfiguration
import Testing

@testable import ProxyRouting

@Suite("Header changes, hosts, weights and hashes")
struct HeaderPlanTests {
    @Test(
        "A header is appended, added or overwritten",
        arguments: [
            (.appendIfExistsOrAdd, ["X: 1"], ["1", "new"]), (.appendIfExistsOrAdd, [], ["new"]),
            (.addIfAbsent, ["x: 1"], ["1"]),
            (.addIfAbsent, [], ["new"]), (.overwriteIfExistsOrAdd, ["X: 1", "x: 2"], ["new"]),
            (.overwriteIfExistsOrAdd, [], ["new"]), (.overwriteIfExists, ["X: 1"], ["new"]),
            (.overwriteIfExists, [], []),
        ] as [(HeaderValueOption.AppendAction, [String], [String])]
    )
    func actions(_ action: HeaderValueOption.AppendAction, _ headers: [String], _ expected: [String]) throws {
        var mutations = HeaderMutations()
        mutations.requestAdditions = [HeaderValueOption("x", "new", action: action)]
        #expect(try values("x", HeaderPlan([mutations]), RequestSample("/", headers)) == expected)
    }

    @Test("Names go before lines come, the route's changes before those of its host and table")
    func order() throws {
        var route = HeaderMutations()
        route.requestRemovals = ["x"]
        route.requestAdditions = [HeaderValueOption("x", "route")]
        var host = HeaderMutations()
        host.requestAdditions = [HeaderValueOption("x", "host", action: .addIfAbsent), HeaderValueOption("x", "also")]
        let sample = try RequestSample("/", ["X: client"])
        #expect(try values("x", HeaderPlan([route, host]), sample) == ["route", "also"])
    }

    @Test("A format string is filled in; an empty value adds nothing unless it may")
    func formats() throws {
        var mutations = HeaderMutations()
        mutations.requestAdditions = [
            HeaderValueOption("a", "%REQ(:method)% %REQ(X-Y?:path)% 100%%"), HeaderValueOption("b", "%REQ(no)%"),
            HeaderValueOption("c", "%REQ(no)%", keepsEmptyValue: true),
        ]
        let plan = HeaderPlan([mutations])
        let sample = try RequestSample("/p")
        #expect(try values("a", plan, sample) == ["GET /p 100%"])
        #expect(try values("b", plan, sample) == [])
        #expect(try values("c", plan, sample) == [""])
    }

    @Test("Weights share requests out")
    func weights() throws {
        let weighted = [WeightedCluster(name: "a", weight: 1), WeightedCluster(name: "b", weight: 3)]
        let forward = CompiledForward(ForwardAction(target: .weighted(weighted)), virtualHost: Self.host)
        let chosen = (0..<400).compactMap { forward.choose(UInt64($0)).map { forward.targets[$0].cluster } }
        #expect(chosen.count { $0 == "a" } == 100)
        #expect(chosen.count == 400)
    }

    @Test("A header names the cluster or the host")
    func byHeader() throws {
        let action = ForwardAction(target: .header("x-cluster"))
        let sample = try RequestSample("/", ["X-Cluster: c1", "X-Host: other"])
        let forward = CompiledForward(action, virtualHost: Self.host)
        #expect(forward.choose(1) == nil)
        let name = forward.namedCluster(sample.head, sample.bytes.span)
        #expect(name == Array("c1".utf8))
        var rewriting = ForwardAction(cluster: "c")
        let cases: [(ForwardAction.HostRewrite?, CompiledForward.Host)] = [
            (nil, .kept), (.literal("l"), .replaced(Array("l".utf8))),
            (.header("x-host"), .replaced(Array("other".utf8))),
            (.header("x-none"), .kept), (.automatic, .automatic),
            (.pathRegex(RegexRewrite(pattern: "^/(.+)$", substitution: "\\1")), .kept),
        ]
        for (rewrite, expected) in cases {
            rewriting.hostRewrite = rewrite
            let forward = CompiledForward(rewriting, virtualHost: Self.host)
            let host = forward.host(sample.head, sample.bytes.span, target: sample.target.span, chosen: 0)
            #expect(host == expected)
        }
    }

    @Test("The same request has the same hash; policies combine and end")
    func hashes() throws {
        let one = RequestHashing([HashPolicy(.header("x", nil), isTerminal: true), HashPolicy(.sourceAddress)])
        let sample = try RequestSample("/?u=1", ["X: a", "Cookie: k=v; s=t"])
        let facts = RequestFacts(random: 7, clientAddress: "10.0.0.1")
        let other = RequestFacts(random: 7, clientAddress: "10.0.0.2")
        func hash(_ hashing: RequestHashing, _ facts: RequestFacts) -> RequestHashing.Result {
            hashing.hash(sample.head, sample.bytes.span, target: sample.target.span, facts)
        }
        #expect(hash(one, facts).hash != nil)
        #expect(hash(one, facts) == hash(one, other))
        let both = RequestHashing([HashPolicy(.header("x", nil)), HashPolicy(.sourceAddress)])
        #expect(hash(both, facts) != hash(both, other))
        let none = RequestHashing([HashPolicy(.header("y", nil)), HashPolicy(.queryParameter("v"))])
        #expect(hash(none, facts).hash == nil)
        let cookie = RequestHashing([HashPolicy(.cookie(HashCookie(name: "s", lifetime: .zero)))])
        #expect(hash(cookie, facts).cookie == nil && hash(cookie, facts).hash != nil)
        let made = RequestHashing([HashPolicy(.cookie(HashCookie(name: "n", lifetime: .seconds(9), path: "/p")))])
        #expect(hash(made, facts).cookie == Array("n=7; Max-Age=9; Path=/p; HttpOnly".utf8))
        #expect(hash(made, facts).hash != nil)
    }

    private static let host = VirtualHost(name: "h", domains: ["*"], routes: [])

    /// The values of a header after the changes.
    private func values(_ name: String, _ plan: HeaderPlan, _ sample: RequestSample) throws -> [String] {
        var edits = HeaderEdits()
        var record = LogRecord()
        plan.change(&edits, request: sample.head, sample.bytes.span, target: sample.target.span, &record)
        let fields = sample.head.section.fields
        let kept = fields.indices.filter { index in
            let field = sample.bytes[fields[index].name.offsets]
            return !edits.dropped.contains(index) && String(decoding: field, as: UTF8.self).lowercased() == name
        }
        .map { String(decoding: sample.bytes[fields[$0].value.offsets], as: UTF8.self) }
        return kept
            + edits.added.filter { $0.name == Array(name.utf8) }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}
