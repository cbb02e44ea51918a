extension BootstrapDecoder {
    /// A `core.v3.Address`: only TCP socket addresses with a literal IP and a numeric port.
    mutating func address(_ node: ConfigurationNode) -> NetworkAddress? {
        guard let message = message(node, .address) else { return nil }
        guard let socket = message["socket_address"] else {
            report(.missing, node.pointer, "socket_address is missing")
            return nil
        }
        guard let fields = self.message(socket, .socketAddress) else { return nil }
        if let node = fields["protocol"] { _ = choice(node, ["TCP"], unsupported: ["UDP"]) }
        _ = bool(fields["ipv4_compat"], standard: false)
        let host = name("address", in: fields)
        guard let port = fields["port_value"] else {
            report(.missing, socket.pointer, "port_value is missing")
            return nil
        }
        guard let host, let port = integer(port, in: 0...65_535) else { return nil }
        guard NetworkAddress.isLiteral(host) else {
            let pointer = fields["address"]?.pointer ?? socket.pointer
            report(.invalidValue, pointer, "\"\(host)\" is not an IP address; names are not resolved here")
            return nil
        }
        return NetworkAddress(host: host, port: UInt16(clamping: port))
    }
}
