import Glibc
import Testing

@Suite("Pacing toward endpoints")
struct UpstreamPacingTests {
    @Test("A connection to an endpoint on the host itself has Reno's congestion control")
    func reno() async throws {
        let app = try await ScriptedUpstream { _ in .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
        let proxy = try await ProxyHarness([app.port])
        let client = try RawClient(port: proxy.port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(through: "\r\n\r\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
        // The proxy is part of this process.
        let kinds = (0..<CInt(4096)).filter { Self.peer(of: $0) == app.port }.map { Self.congestion(of: $0) }
        #expect(kinds == ["reno"])
    }

    /// The port at the other end of a descriptor; nil where it is no connection by IPv4.
    private static func peer(of descriptor: CInt) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // Safety: the call writes into a struct of the size that it is told.
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe getpeername(descriptor, pointer, &length)
            }
        }
        return result == 0 && address.sin_family == sa_family_t(AF_INET) ? UInt16(bigEndian: address.sin_port) : nil
    }

    private static func congestion(of descriptor: CInt) -> String {
        var name = [UInt8](repeating: 0, count: 16)
        var length = socklen_t(name.count)
        // Safety: the call writes at most as many bytes as it is told that there are.
        let result = unsafe name.withUnsafeMutableBytes { bytes in
            unsafe getsockopt(descriptor, CInt(IPPROTO_TCP), TCP_CONGESTION, bytes.baseAddress, &length)
        }
        return result == 0 ? String(decoding: name.prefix { $0 != 0 }, as: UTF8.self) : "none"
    }
}
