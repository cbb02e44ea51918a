import Glibc
import NIOCore
import ServerCore

/// A connection without TLS as the kernel knows it, for ``SplicePipe``.
struct SpliceSocket {
    private let channel: any Channel
    private let descriptor: CInt
    /// Whether what is sent to it goes by a timer.
    let isPaced: Bool

    /// Asks for the descriptor and more, which takes microseconds: once a connection.
    ///
    /// Nil for a channel that is no socket.
    init?(_ channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        let found = try? pipeline.withUnsafeTransportIfAvailable { (handle: NIOBSDSocket.Handle) in handle }
        guard let found else { return nil }
        self.channel = channel
        descriptor = found
        isPaced = Pacing.isUsed(by: channel)
    }

    /// The descriptor, while it is the connection's: the number may be another one's once it is closed.
    var open: CInt? { channel.isActive ? descriptor : nil }

    /// The descriptor, while nothing waits in the channel that has to be sent first.
    var idle: CInt? {
        guard let open, (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) == 0 else { return nil }
        return open
    }

    /// Sends bytes as any others.
    func send(_ bytes: ByteBuffer) { channel.writeAndFlush(bytes, promise: nil) }

    /// Tells the channel that the connection has failed, as it would find out by reading or writing.
    func fail() {
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "splice"))
        channel.close(promise: nil)
    }
}
