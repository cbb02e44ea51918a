import CertificateFixtures
import NIOCore
import NIOPosix
import OpenSSL
import Synchronization

/// A server on loopback that answers every request with the same script, over TLS or plain.
final class ScriptedServer: Sendable {
    /// What a server does once it has read a request.
    enum Step: Sendable {
        case send(String)
        /// Ends the session and the connection properly.
        case close
        /// Ends the connection without a word.
        case abort
    }

    let port: Int
    private let channel: any Channel
    private let recorder = Recorder()

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - tls: The certificate to serve, or nil for plain HTTP.
    ///   - isSilent: Whether it never says a word, not even in a handshake.
    ///   - steps: What to do after a request.
    /// - Throws: When it cannot listen.
    init(tls: TLSServerConfiguration?, isSilent: Bool = false, _ steps: [Step] = []) async throws {
        let context = try tls.map { try TLSContext(server: $0) }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [recorder] child in
                child.eventLoop.makeCompletedFuture {
                    guard !isSilent else { return }
                    let trapdoor = Trapdoor()
                    try child.pipeline.syncOperations.addHandler(trapdoor)
                    if let context { try child.pipeline.syncOperations.addHandler(TLSHandler(context)) }
                    try child.pipeline.syncOperations.addHandler(Script(steps, recorder, trapdoor))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Stops to listen.
    func stop() async throws {
        try await channel.close()
    }

    /// The requests so far.
    var received: [String] { recorder.requests.withLock { $0 } }
}

/// What came in, from all connections.
private final class Recorder: Sendable {
    let requests = Mutex<[String]>([])
}

/// Stands beneath TLS and can close the socket without its knowing.
private final class Trapdoor: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func open() { context?.close(promise: nil) }
}

/// Plays the steps after the first request of a connection.
private final class Script: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let steps: [ScriptedServer.Step]
    private let recorder: Recorder
    private let trapdoor: Trapdoor
    private var request = ""
    private var hasAnswered = false

    init(_ steps: [ScriptedServer.Step], _ recorder: Recorder, _ trapdoor: Trapdoor) {
        self.steps = steps
        self.recorder = recorder
        self.trapdoor = trapdoor
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        request += String(buffer: unwrapInboundIn(data))
        guard !hasAnswered, request.contains("\r\n\r\n") else { return }
        hasAnswered = true
        recorder.requests.withLock { $0.append(request) }
        for step in steps {
            switch step {
            case .send(let text):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .close: context.close(promise: nil)
            case .abort: trapdoor.open()
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
