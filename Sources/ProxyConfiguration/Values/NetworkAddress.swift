/// An IP address and a TCP port: `core.v3.SocketAddress`.
public struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// The IP address, without brackets.
    public var host: String
    /// The port; 0 lets the system choose where the address is listened on.
    public var port: UInt16

    /// Makes an address; `host` is not checked.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:80` or `[::1]:80`.
    public var description: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Whether `text` is written like an IPv4 or IPv6 address; names are not.
    static func isLiteral(_ text: String) -> Bool {
        if text.utf8.contains(UInt8(ascii: ":")) {
            return text.utf8.count <= 45
                && text.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
                    default: false
                    }
                }
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { 0x30...0x39 ~= $0 } && (part == "0" || part.utf8.first != 0x30)
                    && UInt8(part) != nil
            }
    }
}
