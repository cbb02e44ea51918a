import NIOCore

/// Asks the socket for the address of its peer before the channel is active.
///
/// `Channel.remoteAddress` is filled in on activation; only a handler's context reads it from the socket. The probe
/// leaves the pipeline at once.
final class PeerAddressProbe: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Never

    private(set) var address: SocketAddress?

    func handlerAdded(context: ChannelHandlerContext) {
        address = context.remoteAddress
    }

    /// The address of the peer of `channel`, or nil when the socket has none.
    static func address(of channel: any Channel) throws -> SocketAddress? {
        let probe = PeerAddressProbe()
        try channel.pipeline.syncOperations.addHandler(probe)
        channel.pipeline.syncOperations.removeHandler(probe, promise: nil)
        return probe.address
    }
}
