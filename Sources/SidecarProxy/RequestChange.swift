import HTTP1
import NIOCore
import ProxyConfiguration
import ProxyRouting

/// What a route changes of a request's head.
struct RequestChange {
    /// The bytes to put for the path, or nil to keep it.
    var path: [UInt8]?
    /// What the path was before a rewrite, for `x-envoy-original-path`.
    var originalPath: [UInt8]?
    /// The new host, or nil to keep it.
    var host: [UInt8]?
    /// The old one, for `x-forwarded-host`.
    var forwardedHost: [UInt8]?
    /// The old one, for `x-envoy-original-host`.
    var originalHost: [UInt8]?
    /// The host for a request of HTTP/1.0 that names none.
    var fallbackHost = ""
    /// Header changes.
    var edits = HeaderEdits()

    /// Takes the route's host over.
    mutating func apply(
        _ host: CompiledForward.Host,
        _ action: ForwardAction,
        _ head: RequestHead,
        _ bytes: Span<UInt8>
    ) {
        guard case .replaced(let name) = host else { return }
        self.host = name
        originalHost = Self.copy(bytes.extracting(head.authority.offsets))
        if action.appendsForwardedHost {
            forwardedHost = Self.copy(bytes.extracting(head.authority.offsets))
        }
    }

    /// Writes the lines that are added.
    func writeLines(into out: inout ByteBuffer) {
        if let originalPath { Self.writeLine("x-envoy-original-path", originalPath, into: &out) }
        if let originalHost { Self.writeLine("x-envoy-original-host", originalHost, into: &out) }
        if let forwardedHost { Self.writeLine("x-forwarded-host", forwardedHost, into: &out) }
        for line in edits.added {
            out.writeBytes(line.name)
            out.writeStaticString(": ")
            out.writeBytes(line.value)
            out.writeStaticString("\r\n")
        }
    }

    /// The bytes as an array.
    static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        return copy
    }

    private static func writeLine(_ name: StaticString, _ value: [UInt8], into out: inout ByteBuffer) {
        out.writeStaticString(name)
        out.writeStaticString(": ")
        out.writeBytes(value)
        out.writeStaticString("\r\n")
    }
}
