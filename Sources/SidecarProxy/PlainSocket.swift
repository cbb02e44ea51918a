import CSplice
import Glibc
import NIOCore
import ServerCore

/// A connection without TLS as the kernel knows it, for who sends past its channel.
///
/// That keeps the order as long as the channel has nothing to send: whoever writes to it says so
/// (``channelIsWritten()``).
final class PlainSocket {
    private let channel: any Channel
    private let descriptor: CInt
    /// Whether the channel may have something to send.
    private var isChannelUsed = false
    /// How many bytes the connection takes at least, as far as is known without asking.
    private var knownRoom = 0
    /// Whether what is sent goes by a timer.
    private(set) lazy var isPaced = Pacing.isUsed(by: channel)

    /// Up to how many bytes ``room(for:)`` need not be right: as many may have to be copied and to wait here.
    private static let unaskedLimit = 131_072

    /// Asks for the descriptor, which takes microseconds: once a connection, before anything is written to it.
    ///
    /// Nil for a channel that is no socket.
    init?(_ channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        let found = try? pipeline.withUnsafeTransportIfAvailable { (handle: NIOBSDSocket.Handle) in handle }
        guard let found else { return nil }
        self.channel = channel
        descriptor = found
    }

    /// The descriptor, while it is the connection's: the number may be another one's once it is closed.
    var open: CInt? { channel.isActive ? descriptor : nil }

    /// The descriptor, while nothing waits in the channel that has to be sent first.
    var idle: CInt? {
        guard let open else { return nil }
        // The channel is asked only where the answer may be another one than last time.
        if isChannelUsed { isChannelUsed = (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) != 0 }
        return isChannelUsed ? nil : open
    }

    /// To be called before anything is written to the channel.
    func channelIsWritten() {
        isChannelUsed = true
        knownRoom = 0
    }

    /// How many bytes the connection takes now to send them; 0 or less when it takes none.
    ///
    /// The system is asked where so many are not known of. What is known of is less than there is, but where the system
    /// has since become short of memory.
    func room(for wanted: Int) -> Int {
        guard wanted > min(knownRoom, Self.unaskedLimit) else { return knownRoom }
        knownRoom = open.map { Int(CSplice_room($0)) } ?? 0
        return knownRoom
    }

    /// To be called with how many bytes have been sent.
    func hasSent(_ count: Int) {
        // The system counts what it needs for packets as well; they may be small.
        knownRoom -= 2 * count
    }

    /// Sends what the system takes at once, unless something has to be sent first.
    ///
    /// The channel learns of a connection that has failed when it is given what is left.
    ///
    /// - Parameters:
    ///   - bytes: What to send; what is left in it was not sent.
    ///   - isMoreBehind: Whether more is sent at once, which is to go in the same packets; the system waits for it.
    func send(_ bytes: inout ByteBuffer, isMoreBehind: Bool = false) {
        guard let descriptor = idle else { return }
        let flags = CInt(isMoreBehind ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL)
        let count = unsafe bytes.withUnsafeReadableBytes {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, flags)
        }
        guard count > 0 else { return }
        bytes.moveReaderIndex(forwardBy: count)
        hasSent(count)
    }

    /// Has the channel send bytes, which waits until that can be done, or learns that it cannot.
    func sendByChannel(_ bytes: ByteBuffer) {
        channelIsWritten()
        channel.writeAndFlush(bytes, promise: nil)
    }

    /// Tells the channel that the connection has failed, as it would find out by reading or writing.
    func fail() {
        channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "splice"))
        channel.close(promise: nil)
    }
}
