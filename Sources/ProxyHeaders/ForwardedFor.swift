/// Who the client is, from the connection and `x-forwarded-for`.
///
/// | `use_remote_address` | trusted hops | the client |
/// |---|---|---|
/// | true | 0 | the peer |
/// | true | n | the n-th address from the end of what came, else the peer |
/// | false | n | the n+1-th address from the end of what came, else the peer |
///
/// Only with `use_remote_address` is the peer appended, unless `skip_xff_append` says otherwise: then the proxy is the
/// first that is trusted, else those before it have done so.
public struct ForwardedFor: Sendable, Hashable {
    /// `use_remote_address`.
    public var usesRemoteAddress: Bool
    /// `xff_num_trusted_hops`.
    public var trustedHops: Int
    /// `skip_xff_append`.
    public var skipsAppend: Bool

    /// Makes a policy.
    public init(usesRemoteAddress: Bool, trustedHops: Int = 0, skipsAppend: Bool = false) {
        self.usesRemoteAddress = usesRemoteAddress
        self.trustedHops = max(0, trustedHops)
        self.skipsAppend = skipsAppend
    }

    /// Whether the peer's address is appended to the header.
    public var appendsPeer: Bool { usesRemoteAddress && !skipsAppend }

    /// Whether the header tells who the client is, so that it has to be read at all.
    public var readsHeader: Bool { !usesRemoteAddress || trustedHops > 0 }

    /// Where the client's address stands in the values of the header.
    ///
    /// - Parameter values: All values of the header, joined by commas as if they were one field (RFC 9110
    ///   section 5.3).
    /// - Returns: The place of an address without port or brackets, or nil when the peer is the client.
    public func client(in values: Span<UInt8>) -> Range<Int>? {
        guard readsHeader else { return nil }
        var skipped = usesRemoteAddress ? trustedHops - 1 : trustedHops
        var end = values.count
        while end >= 0 {
            var start = end
            while start > 0, values[start - 1] != UInt8(ascii: ",") { start -= 1 }
            if skipped == 0 {
                let range = Self.trimmed(values, start..<end)
                return Self.isAddress(values, range) ? range : nil
            }
            skipped -= 1
            end = start - 1
        }
        return nil
    }

    private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether the bytes look like an IP address: what does not, such as `unknown`, is nobody.
    private static func isAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard (2...45).contains(range.count) else { return false }
        var colons = 0
        var dots = 0
        var hasLetters = false
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: ":"): colons += 1
            case UInt8(ascii: "."): dots += 1
            case 0x30...0x39: break
            case 0x41...0x46, 0x61...0x66: hasLetters = true
            default: return false
            }
        }
        return colons >= 2 || (colons == 0 && dots == 3 && !hasLetters && hasFourNumbers(bytes, range))
    }

    /// Whether four numbers up to 255 stand between the dots.
    private static func hasFourNumbers(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var number = 0
        var digits = 0
        for index in range.lowerBound...range.upperBound {
            if index == range.upperBound || bytes[index] == UInt8(ascii: ".") {
                guard (1...3).contains(digits), number <= 255 else { return false }
                (number, digits) = (0, 0)
            } else {
                number = min(number * 10 + Int(bytes[index] - 0x30), 1000)
                digits += 1
            }
        }
        return true
    }
}
