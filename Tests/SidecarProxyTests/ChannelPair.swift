import NIOCore
import NIOPosix

@testable import SidecarProxy

/// Two connections on one loop, whose channels do not read, and the clients of both.
final class ChannelPair: Sendable {
    let first: RawClient
    let second: RawClient
    private let loop: any EventLoop
    private let listener: any Channel
    private let source: any Channel
    private let target: any Channel
    private let pipe: NIOLoopBound<SplicePipe>
    /// The second client's connection, as long as that is tested.
    private let sink: NIOLoopBound<PlainSocket>

    init(capacity: CInt = SplicePipe.capacity) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let (channels, accepted) = AsyncStream<any Channel>.makeStream()
        listener = try await ServerBootstrap(group: loop)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                accepted.yield(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = listener.localAddress?.port ?? 0
        var iterator = channels.makeAsyncIterator()
        first = try RawClient(port: port)
        guard let source = await iterator.next() else { throw ClientError(code: 0) }
        second = try RawClient(port: port)
        guard let target = await iterator.next() else { throw ClientError(code: 0) }
        (self.loop, self.source, self.target) = (loop, source, target)
        (pipe, sink) = try await loop.submit {
            guard let pipe = SplicePipe(capacity: capacity), let sink = PlainSocket(target) else {
                throw ClientError(code: 0)
            }
            return (NIOLoopBound(pipe, eventLoop: loop), NIOLoopBound(sink, eventLoop: loop))
        }.get()
    }

    deinit {
        listener.close(promise: nil)
        source.close(promise: nil)
        target.close(promise: nil)
    }

    /// Moves once what the first client has sent.
    func move(atMost limit: Int) async throws -> Int { try await move(behind: ByteBuffer(), atMost: limit).count }

    /// Moves once what the first client has sent, behind `head`; what is left of that is in the second result.
    ///
    /// `prepare` comes first, on the loop.
    func move(
        behind head: ByteBuffer,
        atMost limit: Int,
        _ prepare: @escaping @Sendable () -> Void = {}
    ) async throws -> (count: Int, left: ByteBuffer) {
        try await loop.submit { [source, pipe, sink] in
            guard let from = PlainSocket(source) else { return (0, head) }
            prepare()
            var left = head
            let count = pipe.value.move(from: from, to: sink.value, behind: &left, atMost: limit)
            return (count, left)
        }.get()
    }

    /// Moves until `count` bytes have been, or for so many seconds.
    func moveAll(_ count: Int, seconds: Double = 20) async throws -> Int {
        let end = ContinuousClock.now + .seconds(seconds)
        var moved = 0
        while moved < count, ContinuousClock.now < end {
            moved += try await move(atMost: count - moved)
            guard moved < count else { break }
            try await Task.sleep(for: .milliseconds(1))
        }
        return moved
    }

    /// Moves until something has been, at most `limit` bytes of it, or for 20 seconds.
    func moveSome(_ limit: Int) async throws -> Int {
        let end = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < end {
            let count = try await move(atMost: limit)
            if count > 0 { return count }
            try await Task.sleep(for: .milliseconds(1))
        }
        return 0
    }

    /// What waits in the channel to be sent to the second client, in bytes.
    func buffered() async throws -> Int { try await target.getOption(.bufferedWritableBytes).get() }

    /// Sends to the second client past the channel; returns what was not sent.
    ///
    /// `prepare` comes first, on the loop.
    func send(_ bytes: ByteBuffer, _ prepare: @escaping @Sendable () -> Void = {}) async throws -> ByteBuffer {
        try await loop.submit { [sink] in
            prepare()
            var left = bytes
            sink.value.send(&left)
            return left
        }.get()
    }

    /// Writes to the second client's channel.
    func write(_ bytes: ByteBuffer, flush: Bool) async throws {
        try await loop.submit { [target, sink] in
            sink.value.channelIsWritten()
            target.write(bytes, promise: nil)
            if flush { target.flush() }
        }.get()
    }

    /// Whether the first client's channel is closed.
    func isSourceClosed() async throws -> Bool { try await loop.submit { [source] in !source.isActive }.get() }

    func closeTarget() async throws { try await target.close() }
}
