import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("Who asks, by which way, and who answers")
struct IdentityTests {
    private static let mine = "x-request-id: 0f6c1d5e-1111-4222-8333-444455556666\r\n"
    private static let ok = "HTTP/1.1 200 OK\r\nServer: app\r\nx-request-id: its-own\r\nContent-Length: 0\r\n\r\n"

    @Test(
        "The identifier of a request is kept where the mesh or the file says so, and replaced where strangers call",
        arguments: [(false, false, true), (true, false, false), (true, true, true)]
    )
    func identifiers(_ usesRemoteAddress: Bool, _ preserves: Bool, _ isKept: Bool) async throws {
        let seen = try await request(Self.mine) {
            $0.useRemoteAddress = usesRemoteAddress
            $0.preservesExternalRequestID = preserves
        }.seen
        #expect(seen.contains(Self.mine) == isKept)
        #expect(seen.split(separator: "\r\n").count { $0.hasPrefix("x-request-id: ") } == 1)
    }

    @Test("An answer tells the identifier of its request instead of the application's, where it is asked for")
    func told() async throws {
        let answer = try await request(Self.mine) { $0.setsRequestIDInResponse = true }.answer
        #expect(answer.contains(Self.mine) && !answer.contains("its-own"))
        let plain = try await request(Self.mine) { _ in }.answer
        #expect(plain.contains("x-request-id: its-own\r\n") && !plain.contains(Self.mine))
    }

    @Test(
        "server is the application's unless the file names one, and then only as far as the file says",
        arguments: [
            (nil, .overwrite, "Server: app\r\n", "server: proxy\r\n"),
            ("proxy", .overwrite, "server: proxy\r\n", "Server: app\r\n"),
            ("proxy", .appendIfAbsent, "Server: app\r\n", "server: proxy\r\n"),
            ("proxy", .passThrough, "Server: app\r\n", "server: proxy\r\n"),
        ] as [(String?, ServerHeaderTransformation, String, String)]
    )
    func servers(_ name: String?, _ mode: ServerHeaderTransformation, _ there: String, _ away: String) async throws {
        let answer = try await request("") {
            $0.serverName = name
            $0.serverHeader = mode
        }.answer
        #expect(answer.contains(there) && !answer.contains(away))
    }

    @Test("via is told in both directions, and by the proxy's own answers")
    func via() async throws {
        let (seen, answer) = try await request("") { $0.via = "sidecar" }
        #expect(seen.contains("via: sidecar\r\n") && answer.contains("via: sidecar\r\n"))
        let proxy = try await ProxyHarness([1]) { $0.via = "sidecar" }
        #expect(try proxy.get("/").contains("via: sidecar\r\n"))
    }

    @Test("A trusted proxy is believed about the scheme, and nothing is appended where the file says so")
    func trusted() async throws {
        let seen = try await request("X-Forwarded-For: 192.0.2.1\r\nx-forwarded-proto: https\r\n") {
            $0.useRemoteAddress = true
            $0.trustedHops = 1
            $0.skipsForwardedFor = true
        }.seen
        #expect(seen.contains("X-Forwarded-For: 192.0.2.1\r\nx-forwarded-proto: https\r\n"))
    }

    private func request(
        _ headers: String,
        change: (inout HTTPConnectionManager) -> Void
    ) async throws -> (seen: String, answer: String) {
        let app = try await ScriptedUpstream { _ in .send(Self.ok) }
        let proxy = try await ProxyHarness([app.port], change: change)
        let answer = try proxy.get("/", headers)
        return (try #require(app.requests.last?.text), answer)
    }
}
