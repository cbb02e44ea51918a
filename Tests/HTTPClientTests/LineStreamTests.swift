import CertificateFixtures
import HTTPClient
import NIOCore
import NIOPosix
import OpenSSL
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct LineStreamTests {
    private static let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// What a stream yields: its lines, and the response or the error at its end.
    private func stream(
        _ steps: [ScriptedServer.Step],
        quiet: TimeAmount = .seconds(30),
        duration: TimeAmount = .seconds(30),
        limits: HTTPClientLimits = HTTPClientLimits()
    ) async throws -> (lines: [String], response: HTTPClientResponse?, code: HTTPClientError.Code?) {
        let authority = try TestAuthority()
        let server = try await ScriptedServer(tls: authority.serverConfiguration(), steps)
        let client = try HTTPClient(
            endpoint: HTTPEndpoint(host: "127.0.0.1", port: server.port),
            tls: authority.clientConfiguration(),
            group: MultiThreadedEventLoopGroup.singleton,
            limits: limits
        )
        let lines = Lines()
        do throws(HTTPClientError) {
            let response = try await client.lines(HTTPClientRequest("GET", "/"), quiet: quiet, duration: duration) {
                line in lines.all.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }
            return (lines.all.withLock { $0 }, response, nil)
        } catch {
            return (lines.all.withLock { $0 }, nil, error.code)
        }
    }

    @Test("Lines come whole, however they were cut, and the last one needs no end")
    func cutsLines() async throws {
        let steps: [ScriptedServer.Step] = [
            .send(Self.head + "3\r\none\r\n"), .send("5\r\n\ntwo\r\r\n"), .send("7\r\n\n\nthree\r\n0\r\n\r\n"),
        ]
        let outcome = try await stream(steps)
        #expect(outcome.lines == ["one", "two", "three"])
        #expect(outcome.response?.status == 200)
        #expect(outcome.response?.body.isEmpty == true)
    }

    @Test("A response that is no success is collected")
    func collectsRefusals() async throws {
        let outcome = try await stream([.send("HTTP/1.1 410 Gone\r\nContent-Length: 4\r\n\r\na\nb\n")])
        #expect(outcome.lines.isEmpty)
        #expect(outcome.response?.status == 410)
        #expect(outcome.response?.body.count == 4)
    }

    @Test("A stream outlives the deadline of its head, but not its own")
    func deadlines() async throws {
        let limits = HTTPClientLimits(responseTimeout: .seconds(5))
        let opening = [ScriptedServer.Step.send(Self.head + "4\r\none\n\r\n")]
        let quiet = try await stream(opening, quiet: .milliseconds(100), limits: limits)
        #expect(quiet.lines == ["one"] && quiet.code == .timedOut)
        let long = try await stream(opening, duration: .milliseconds(100), limits: limits)
        #expect(long.lines == ["one"] && long.code == .timedOut)
    }

    @Test("A stream without a head is given up")
    func headDeadline() async throws {
        let outcome = try await stream([], limits: HTTPClientLimits(responseTimeout: .milliseconds(200)))
        #expect(outcome.code == .timedOut)
    }

    @Test("A stream that breaks off is an error after its lines")
    func breaksOff() async throws {
        let outcome = try await stream([.send(Self.head + "4\r\none\n\r\n"), .close])
        #expect(outcome.lines == ["one"] && outcome.code == .interrupted)
    }

    @Test("A line over the limit ends the stream")
    func limitsLines() async throws {
        let outcome = try await stream(
            [.send(Self.head + "9\r\none\nlong!\r\n")],
            limits: HTTPClientLimits(lineBytes: 4)
        )
        #expect(outcome.lines == ["one"] && outcome.code == .responseTooLarge)
    }
}

/// The lines of one stream.
private final class Lines: Sendable {
    let all = Mutex<[String]>([])
}
