extension BootstrapDecoder {
    /// A `core.v3.Address`: only TCP socket addresses with a numeric port, and a literal IP unless names are allowed.
    mutating func address(_ node: ConfigurationNode, allowsNames: Bool = false) -> NetworkAddress? {
        guard let message = message(node, .address) else { return nil }
        guard let socket = required("socket_address", in: message) else { return nil }
        guard let fields = self.message(socket, .socketAddress) else { return nil }
        if let node = fields["protocol"] { _ = choice(node, ["TCP"], unsupported: ["UDP"]) }
        _ = bool(fields["ipv4_compat"], standard: false)
        let host = name("address", in: fields)
        guard let port = required("port_value", in: fields) else { return nil }
        guard let host, let port = integer(port, in: 0...65_535) else { return nil }
        let pointer = fields["address"]?.pointer ?? socket.pointer
        guard NetworkAddress.isLiteral(host) || allowsNames else {
            report(
                .invalidValue,
                pointer,
                "\"\(host)\" is not an IP address; names stand only in clusters of type STRICT_DNS or LOGICAL_DNS"
            )
            return nil
        }
        guard NetworkAddress.isLiteral(host) || Self.isHostName(host) else {
            report(.invalidValue, pointer, "\"\(host)\" is neither an IP address nor a host name")
            return nil
        }
        return NetworkAddress(host: host, port: UInt16(clamping: port))
    }

    /// Whether `text` is a name for the DNS: labels of letters, digits, `-` and `_`, up to 253 bytes (RFC 1035).
    static func isHostName(_ text: String) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        let trimmed = text.utf8.last == UInt8(ascii: ".") ? text.dropLast() : text[...]
        return trimmed.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                    default: false
                    }
                }
        }
    }
}
