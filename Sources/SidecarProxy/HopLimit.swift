import HTTP1

/// Ends requests that go in a circle: 508 Loop Detected (RFC 5842 section 7.2).
///
/// A proxy that appends to `x-forwarded-for` sees there how many have passed the request on. Without
/// `use_remote_address` nothing is appended, and the circuit breakers end a circle.
enum HopLimit {
    /// The most addresses in `x-forwarded-for`; more than any path of proxies has that leads somewhere.
    static let hops = 64
    // "1.1.1.1," is the shortest; shorter values need not be looked at.
    private static let shortest = 8

    /// Whether the request has been passed on more often than that.
    static func isExceeded(_ head: RequestHead, _ bytes: Span<UInt8>) -> Bool {
        guard let first = head.section.first(.forwardedFor) else { return false }
        var fields = 1
        if first.value.count < hops * shortest {
            fields = head.section.fields.count { $0.known == .forwardedFor }
            guard fields > 1 else { return false }
        }
        var count = 0
        for field in head.section.fields where field.known == .forwardedFor {
            count += 1
            for index in field.value.offsets where bytes[index] == UInt8(ascii: ",") { count += 1 }
        }
        return count > hops
    }
}
