import HTTP1

/// HTTP/1.1 requests through the webhook's connection handler and through the proxy's parser.
///
/// The first byte says how many bytes arrive at a time; neither the replies nor the verdict may depend on it.
struct HTTPTarget: FuzzTarget {
    static let name = "http"
    private let server: EmbeddedServer

    init() throws {
        server = try EmbeddedServer()
    }

    func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let whole = server.statuses(for: bytes, at: bytes.count)
        require(whole == server.statuses(for: bytes, at: Int(first) + 1), "the replies depend on the cuts: \(whole)")
        require(whole.allSatisfy { $0 < 300 || $0 >= 400 }, "a status that redirects: \(whole)")
        require(
            Self.verdict(bytes, at: bytes.count) == Self.verdict(bytes, at: Int(first) + 1),
            "the parser depends on the cuts"
        )
    }

    /// What the proxy's parser says, its input growing by `step` bytes.
    private static func verdict(_ bytes: [UInt8], at step: Int) -> String {
        var parser = RequestParser()
        var end = 0
        repeat {
            end = min(end + max(1, step), bytes.count)
            do throws(HTTP1Error) {
                guard try parser.parse(Array(bytes[..<end]).span) else { continue }
                return "complete after \(parser.head.byteCount)"
            } catch {
                return "\(error.code)"
            }
        } while end < bytes.count
        return "incomplete"
    }
}
