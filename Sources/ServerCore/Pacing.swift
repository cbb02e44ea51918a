import Glibc
public import NIOCore

/// Whether connections send by a timer, at a rate that they measure.
///
/// Some kinds of congestion control do, BBR among them. Between two programs of one pod there is nothing to measure, and
/// the timers make large bodies dear: there Reno's is used (RFC 5681), whatever the system's default is. It is part of
/// every kernel and allowed to everybody (tcp(7), `tcp_allowed_congestion_control`).
public enum Pacing {
    /// Has a connection, or those that a listening socket accepts, do without, if `address` is the host itself.
    ///
    /// To be called before it is bound or connected: what began with a timer keeps it. Where the system refuses,
    /// everything stays as it is.
    ///
    /// - Parameters:
    ///   - channel: A channel of a TCP socket.
    ///   - address: Where it is going to listen, or to connect to.
    public static func avoid(by channel: any Channel, address: SocketAddress) {
        guard address.isLoopback else { return }
        try? channel.syncOptions?.setOption(option, value: reno)
    }

    /// Whether a connection is known to send so.
    ///
    /// - Parameter channel: A channel of any kind of socket, on whose event loop this is.
    /// - Returns: False also where that cannot be found out.
    public static func isUsed(by channel: any Channel) -> Bool {
        guard let name = try? channel.syncOptions?.getOption(option) else { return false }
        // The names of all versions of BBR begin with these three letters.
        return name.littleEndian & 0xFF_FFFF == bbr.littleEndian
    }

    /// `TCP_CONGESTION` of tcp(7).
    static let option = ChannelOptions.Types.SocketOption(
        level: SocketOptionLevel(IPPROTO_TCP),
        name: SocketOptionName(TCP_CONGESTION)
    )

    static let reno = letters("reno")
    private static let bbr = letters("bbr")

    /// The letters of a short name and zeros, as a number has them in memory.
    static func letters(_ name: String) -> SocketOptionValue {
        SocketOptionValue(littleEndian: name.utf8.reversed().reduce(0) { $0 << 8 | SocketOptionValue($1) })
    }
}
