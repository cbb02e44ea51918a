import NIOCore

/// The handler of a connection that sends past its channel where nothing waits there.
///
/// To write to a channel and to flush it is a part of what a small request costs that shows. Nearly always the system
/// takes all of it at once, and there is nothing for the channel to do. It gets what is left otherwise: it waits until the
/// connection takes more, and it learns of connections that have failed.
protocol DirectSending: AnyObject {
    var context: ChannelHandlerContext? { get }
    /// The connection for the kernel; nil with TLS.
    var socket: PlainSocket? { get }
}

extension DirectSending {
    /// Gives bytes to the channel, which sends them when it is told to.
    func write(_ bytes: ByteBuffer) {
        socket?.channelIsWritten()
        context?.write(NIOAny(bytes), promise: nil)
    }

    /// Sends bytes now, behind everything that was written.
    ///
    /// - Parameter bytes: What to send; what is left in it the channel has.
    func send(_ bytes: inout ByteBuffer) {
        socket?.send(&bytes)
        guard bytes.readableBytes > 0 else { return }
        write(bytes)
        context?.flush()
    }
}
