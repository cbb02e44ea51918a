import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Route table")
struct RouteTableTests {
    @Test(
        "The most telling domain wins",
        arguments: [
            ("a.example", "exact"), ("A.EXAMPLE", "exact"), ("x.b.example", "suffix"), ("y.b.a.example", "longer"),
            ("a.org", "prefix"), ("other", "all"), ("", "all"),
        ]
    )
    func domains(_ host: String, _ expected: String) {
        let hosts = [
            ("exact", "a.example"), ("suffix", "*.example"), ("longer", "*.a.example"), ("prefix", "a.*"), ("all", "*"),
        ].map { name, domain in
            VirtualHost(
                name: name,
                domains: [domain],
                routes: [Route(match: .prefix("/"), action: .respond(status: 200, body: name))]
            )
        }
        let table = RouteTable(hosts, clusters: [])
        guard case .respond(let text)? = table.match(host: Array(host.utf8).span, path: Array("/".utf8).span)?.action
        else {
            Issue.record("no route")
            return
        }
        #expect(text.body == expected)
    }

    @Test(
        "A path is matched without its query",
        arguments: [
            ("/a", "path"), ("/a?x=/b", "path"), ("/a/", "prefix"), ("/ab", "prefix"), ("/b", "none"),
        ]
    )
    func paths(_ path: String, _ expected: String) {
        let host = VirtualHost(
            name: "h",
            domains: ["*"],
            routes: [
                Route(match: .path("/a"), action: .respond(status: 200, body: "path")),
                Route(match: .prefix("/a"), action: .respond(status: 200, body: "prefix")),
            ]
        )
        let table = RouteTable([host], clusters: [])
        var found = "none"
        if case .respond(let text)? = table.match(host: [UInt8]().span, path: Array(path.utf8).span)?.action {
            found = text.body
        }
        #expect(found == expected)
    }

    @Test(
        "A date is written as HTTP writes it",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        ]
    )
    func dates(_ seconds: Int, _ expected: String) {
        #expect(HTTPDate.text(seconds) == expected)
    }
}
