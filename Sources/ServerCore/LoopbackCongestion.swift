import Glibc
public import NIOCore

/// How connections send that never leave the host: by Reno's congestion control (RFC 5681), whatever the system's
/// default is.
///
/// Some kinds, BBR among them, send by a timer at the rate that they measure. Between two programs of one pod there is
/// nothing to measure, and the timers make large bodies dear. Reno is part of every kernel and allowed to everybody
/// (tcp(7), `tcp_allowed_congestion_control`).
public enum LoopbackCongestion {
    /// Has a connection, or those that a listening socket accepts, send so, if `address` is the host itself.
    ///
    /// To be called before it is bound or connected: what began with a timer keeps it. Where the system refuses,
    /// everything stays as it is.
    ///
    /// - Parameters:
    ///   - channel: A channel of a TCP socket.
    ///   - address: Where it is going to listen, or to connect to.
    public static func apply(to channel: any Channel, address: SocketAddress) {
        guard isLoopback(address) else { return }
        try? channel.syncOptions?.setOption(option, value: reno)
    }

    /// `TCP_CONGESTION` of tcp(7).
    static let option = ChannelOptions.Types.SocketOption(
        level: SocketOptionLevel(IPPROTO_TCP),
        name: SocketOptionName(TCP_CONGESTION)
    )

    /// The letters of "reno" and zeros, as a number has them in memory.
    static let reno = SocketOptionValue(
        littleEndian: "reno".utf8.reversed().reduce(0) { $0 << 8 | SocketOptionValue($1) }
    )

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        guard let text = address.ipAddress else { return false }
        return text.hasPrefix("127.") || text == "::1"
    }
}
