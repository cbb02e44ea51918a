import COpenSSL
import Glibc

/// IP addresses between their text form and the 4 or 16 bytes that certificates and sockets carry.
enum IPAddressText {
    /// The text form of 4 (IPv4) or 16 (IPv6) bytes, or nil for any other count.
    static func text(of bytes: [UInt8]) -> String? {
        let family: Int32
        switch bytes.count {
        case 4: family = AF_INET
        case 16: family = AF_INET6
        default: return nil
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // Safety: inet_ntop reads as many bytes as the family has, checked above, and writes at most INET6_ADDRSTRLEN.
        let found = unsafe bytes.withUnsafeBytes { input in
            unsafe text.withUnsafeMutableBufferPointer { output in
                unsafe inet_ntop(family, input.baseAddress, output.baseAddress, socklen_t(output.count)) != nil
            }
        }
        guard found else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The 4 or 16 bytes of an address, or nil when `text` is not one.
    static func bytes(of text: String) -> [UInt8]? {
        bytes(of: text, family: AF_INET, count: 4) ?? bytes(of: text, family: AF_INET6, count: 16)
    }

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        // Safety: inet_pton writes as many bytes as the family has, which is the array's count.
        let result = unsafe bytes.withUnsafeMutableBytes { output in
            unsafe inet_pton(family, text, output.baseAddress)
        }
        return result == 1 ? bytes : nil
    }
}
