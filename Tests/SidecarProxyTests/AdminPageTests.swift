import LoadBalancing
import Testing

@testable import SidecarProxy

@Suite("Pages of the admin port")
struct AdminPageTests {
    @Test(
        "A query is taken apart, the first of equal names wins",
        arguments: [
            ("a=1&b=2", "a", "1"), ("a", "a", ""), ("a=1&a=2", "a", "1"), ("a=%41%2f+b", "a", "A/ b"),
            ("a=%", "a", "%"),
            ("a=%zz", "a", "%zz"), ("a=b=c", "a", "b=c"), ("", "a", nil), (nil, "a", nil), ("b", "a", nil),
        ] as [(String?, String, String?)]
    )
    func queries(_ query: String?, _ name: String, _ expected: String?) {
        #expect(AdminQuery(query)[name] == expected)
    }

    @Test("The help names every page, and which of them want POST")
    func help() {
        let lines = AdminPage.commands.split(separator: "\n").filter { $0.hasPrefix("  /") }
        #expect(lines.count == AdminPage.allCases.count)
        let changes = lines.filter { $0.contains(" (POST): ") }.map { $0.split(separator: " ")[0] }
        #expect(
            changes == ["/drain_listeners", "/healthcheck/fail", "/healthcheck/ok", "/logging", "/quitquitquit"]
        )
    }

    @Test("What an endpoint answered is counted as Envoy counts it")
    func accounts() {
        var account = EndpointAccount()
        let outcomes: [RequestOutcome?] = [
            .response(status: 200), .response(status: 503), .connectionFailed, .timedOut, nil,
        ]
        for outcome in outcomes {
            account.count(outcome)
        }
        #expect([account.successes, account.errors, account.timeouts] == [1, 3, 1])
        var sum = account
        sum.add(account)
        #expect(sum.errors == 6)
    }

    @Test("A time of JSON is RFC 3339's")
    func timestamps() {
        #expect(HTTPDate.timestamp(784_111_777) == "1994-11-06T08:49:37Z")
        #expect(HTTPDate.timestamp(-1) == "1970-01-01T00:00:00Z")
    }
}
