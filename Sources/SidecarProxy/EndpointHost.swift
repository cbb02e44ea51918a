import NIOCore

/// Puts the name of the chosen endpoint in the place of a request's host: `auto_host_rewrite`.
///
/// The head is written before an endpoint is chosen, and another attempt may go to another one, so the line is changed
/// in the finished head at each attempt. ``RequestChange`` sees to it that there is one line `host`, ahead of all lines
/// that the proxy adds.
struct EndpointHost {
    /// Whether `x-forwarded-host` tells what the client asked for.
    private let tellsClientsHost: Bool
    /// Whether `x-envoy-original-host` does so as well.
    private let tellsOriginalHost: Bool
    private var isDone = false

    init(tellsClientsHost: Bool, tellsOriginalHost: Bool) {
        self.tellsClientsHost = tellsClientsHost
        self.tellsOriginalHost = tellsOriginalHost
    }

    /// Changes the host in `head`, which ends in an empty line; an endpoint without a name changes nothing.
    mutating func put(_ name: String, into head: inout ByteBuffer) {
        guard !name.isEmpty, let value = Self.value(in: head.readableBytesUInt8Span) else { return }
        // The line and the head each have an end behind the value.
        guard value.upperBound <= head.readableBytes - 2 else { return }
        let start = head.readerIndex
        var lines = ""
        if !isDone, let host = head.getString(at: start + value.lowerBound, length: value.count) {
            if tellsOriginalHost { lines = "x-envoy-original-host: \(host)\r\n" }
            if tellsClientsHost { lines += "x-forwarded-host: \(host)\r\n" }
        }
        isDone = true
        var changed = ByteBuffer()
        changed.reserveCapacity(head.readableBytes + name.utf8.count + lines.utf8.count)
        changed.writeImmutableBuffer(head.getSlice(at: start, length: value.lowerBound) ?? ByteBuffer())
        changed.writeString(name)
        let rest = value.upperBound..<(head.readableBytes - 2)
        changed.writeImmutableBuffer(head.getSlice(at: start + rest.lowerBound, length: rest.count) ?? ByteBuffer())
        changed.writeString(lines + "\r\n")
        head = changed
    }

    /// Where the value of the line `host` stands.
    private static func value(in head: Span<UInt8>) -> Range<Int>? {
        let name = Array("\nhost: ".utf8)
        var start = 0
        while start + name.count < head.count {
            guard name.indices.allSatisfy({ head[start + $0] == name[$0] }) else {
                start += 1
                continue
            }
            start += name.count
            var end = start
            while end + 3 < head.count, head[end] != 0x0D { end += 1 }
            return start..<end
        }
        return nil
    }
}
