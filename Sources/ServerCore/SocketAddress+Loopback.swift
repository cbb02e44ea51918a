import NIOCore

extension SocketAddress {
    /// Whether it is the host itself.
    var isLoopback: Bool {
        guard let text = ipAddress else { return false }
        return text.hasPrefix("127.") || text == "::1"
    }
}
