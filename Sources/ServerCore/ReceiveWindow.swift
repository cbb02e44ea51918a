import Glibc
public import NIOCore

/// How much a peer may send ahead of being read.
///
/// Linux begins with 64 KiB. A body of as much fills that with its head, and whoever reads it pays for a packet that says
/// no more than that there is room again.
public enum ReceiveWindow {
    /// What ``widen(of:toward:)`` asks for, in bytes.
    static let wanted: SocketOptionValue = 131_072

    /// Has a connection begin with a larger window, if it goes to the host itself; elsewhere packets are small, and many
    /// of them have to be acknowledged anyway.
    ///
    /// To be called before it is connected. The system goes on to adapt the window to what is read. Where it does not
    /// take the wish, everything stays as it is.
    ///
    /// - Parameters:
    ///   - channel: A channel of a TCP socket.
    ///   - address: Where it is going to connect to.
    public static func widen(of channel: any Channel, toward address: SocketAddress) {
        guard address.isLoopback, let options = channel.syncOptions else { return }
        // Linux makes room for what is waited for, and no manual says so; SO_RCVBUF would fix the size for good.
        try? options.setOption(option, value: wanted)
        // Nobody waits for them, though.
        try? options.setOption(option, value: 1)
    }

    /// `SO_RCVLOWAT` of socket(7).
    static let option = ChannelOptions.Types.SocketOption(
        level: SocketOptionLevel(SOL_SOCKET),
        name: SocketOptionName(SO_RCVLOWAT)
    )
}
