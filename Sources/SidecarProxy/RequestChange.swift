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
        let name: [UInt8]
        switch host {
        case .kept: return
        // On a line of its own, so that the endpoint's name finds it.
        case .automatic:
            let asked = Self.copy(bytes.extracting(head.authority.offsets))
            self.host = self.host ?? (asked.isEmpty ? Array(fallbackHost.utf8) : asked)
            return
        case .replaced(let literal): name = literal
        }
        self.host = name
        originalHost = Self.copy(bytes.extracting(head.authority.offsets))
        if action.appendsForwardedHost {
            forwardedHost = Self.copy(bytes.extracting(head.authority.offsets))
        }
    }

    /// How many bytes the changes make at most.
    var room: Int {
        let paths = (path?.count ?? 0) + (originalPath?.count ?? 0)
        let hosts = (host?.count ?? 0) + (forwardedHost?.count ?? 0) + (originalHost?.count ?? 0)
        let lines = edits.added.reduce(0) { $0 + $1.name.count + $1.value.count + 4 }
        return fallbackHost.utf8.count + paths + hosts + lines + 128
    }

    /// Writes the lines that are added.
    func writeLines(into output: inout HeadOutput) {
        if let originalPath { Self.writeLine("x-envoy-original-path", originalPath, into: &output) }
        if let originalHost { Self.writeLine("x-envoy-original-host", originalHost, into: &output) }
        if let forwardedHost { Self.writeLine("x-forwarded-host", forwardedHost, into: &output) }
        for line in edits.added {
            output.put(line.name)
            output.put(": ")
            output.put(line.value)
            output.put("\r\n")
        }
    }

    /// The bytes as an array.
    static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        return copy
    }

    private static func writeLine(_ name: StaticString, _ value: [UInt8], into output: inout HeadOutput) {
        output.put(name)
        output.put(": ")
        output.put(value)
        output.put("\r\n")
    }
}
