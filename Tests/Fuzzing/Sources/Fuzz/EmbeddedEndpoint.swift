import NIOCore
import NIOEmbedded

@testable import SidecarProxy

/// One of the proxy's connections to an endpoint, on a channel without a socket, which waits for requests.
final class EmbeddedEndpoint {
    let channel: EmbeddedChannel
    /// What the proxy has sent.
    private(set) var received: [UInt8] = []

    /// Makes a connection that has nothing under way.
    init(_ endpoint: UpstreamEndpoint, loop: EmbeddedEventLoop, isHTTP2: Bool) throws {
        channel = EmbeddedChannel(loop: loop)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 2), promise: nil)
        endpoint.connectionBegan()
        if isHTTP2 {
            let connection = HTTP2Upstream(endpoint: endpoint)
            try channel.pipeline.syncOperations.addHandler(connection)
            endpoint.add(connection)
        } else {
            let connection = HTTP1Upstream(endpoint: endpoint)
            try channel.pipeline.syncOperations.addHandler(connection)
            endpoint.putBack(connection)
        }
    }

    /// Takes what the proxy has sent; returns whether there was anything.
    func takeRequest() -> Bool {
        let count = received.count
        while let piece = try? channel.readOutbound(as: ByteBuffer.self) { received += piece.readableBytesView }
        return received.count > count
    }

    /// Answers with `bytes`.
    func answer(_ bytes: ArraySlice<UInt8>) {
        channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes))
        channel.pipeline.fireChannelReadComplete()
    }
}
