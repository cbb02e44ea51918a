import Glibc

/// An IP address that a name has.
public struct ResolvedAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as text, without brackets: `10.0.0.1` or `fd00::1`.
    public let description: String
    /// Whether it is an IPv6 address.
    public let isIPv6: Bool

    /// Reads an address written as text, nil when it is none.
    public init?(_ text: String) {
        for isIPv6 in [false, true] {
            var bytes = [UInt8](repeating: 0, count: 16)
            // Safety: an address of either family has at most 16 bytes, which is what there is room for.
            let result = unsafe bytes.withUnsafeMutableBytes {
                unsafe inet_pton(Self.family(isIPv6), text, $0.baseAddress)
            }
            guard result == 1 else { continue }
            self.init(bytes: bytes[..<(isIPv6 ? 16 : 4)])
            return
        }
        return nil
    }

    /// Makes an address of 4 or 16 bytes in network order, nil for another number.
    init?(bytes: ArraySlice<UInt8>) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        isIPv6 = bytes.count == 16
        var text = [CChar](repeating: 0, count: 64)
        let family = Self.family(isIPv6)
        let count = socklen_t(text.count)
        // Safety: the slice has as many bytes as the family needs, and inet_ntop writes at most `count` with its NUL.
        let isWritten = unsafe bytes.withUnsafeBytes { source in
            unsafe text.withUnsafeMutableBufferPointer { target in
                unsafe inet_ntop(family, source.baseAddress, target.baseAddress, count) != nil
            }
        }
        guard isWritten else { return nil }
        description = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func family(_ isIPv6: Bool) -> CInt { isIPv6 ? AF_INET6 : AF_INET }
}
