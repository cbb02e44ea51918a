import Logging
import NIOCore
import NIOHTTP1
import ServerCore

/// Serves the requests of one connection, one at a time and in order.
///
/// It takes bytes and writes bytes. While a request is unfinished, or the peer takes no bytes, it holds back reads, so
/// that input waits in the kernel of the client and not here.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let environment: HTTPEnvironment
    let connection: ConnectionContext
    var decoder: RequestDecoder
    var phase = ConnectionPhase.idle
    var context: ChannelHandlerContext?
    var deadline: ConnectionDeadline?
    /// Whether bytes arrived since the last `channelReadComplete`, so that a flush can wait for it.
    var isInBurst = false
    var needsFlush = false
    /// Whether the body deadline of the request at hand is set.
    var hasBodyDeadline = false
    /// Whether the peer has closed its side.
    var inputClosed = false
    /// The unsent bytes when the write deadline was set, or nil while the peer takes what it is sent.
    var stalledBytes: Int?
    /// Whether the last reply has left for the kernel.
    var isLastReplyWritten = false
    /// Tells the reply of an abandoned request from the one that is awaited.
    var requestNumber: UInt64 = 0
    /// Whether nothing is read until a busy responder has time again.
    var isHeld = false
    /// Whether the next request is the first one after that.
    var hasWaited = false
    private var isWorking = false
    private var readIsHeld = false

    init(environment: HTTPEnvironment, connection: ConnectionContext) {
        self.environment = environment
        self.connection = connection
        decoder = RequestDecoder(limits: environment.limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        deadline = ConnectionDeadline(eventLoop: context.eventLoop) { [weak self] in self?.deadlinePassed() }
        deadline?.set(in: environment.limits.idleTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isInBurst = true
        decoder.append(unwrapInboundIn(data))
        work()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInBurst = false
        flush()
        noteInput()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        guard wantsInput else {
            readIsHeld = true
            return
        }
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            endStall()
            resume()
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case DrainEvent.lastCall where phase.isIdle && !decoder.hasInput:
            close()
        case ChannelEvent.inputClosed:
            inputClosed = true
            endInput()
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        environment.logger.debug("connection failed", metadata: ["error": "\(error)"])
        close()
    }

    /// Acts on what waited, and asks for more input when all of it is done.
    func resume() {
        work()
        if inputClosed { endInput() }
        if readIsHeld, !isWorking, wantsInput {
            readIsHeld = false
            context?.read()
        }
    }

    /// Whether the next step of input can be acted on now.
    var takesInput: Bool {
        phase.takesInput && !isHeld && context?.channel.isWritable == true
    }

    /// Whether more bytes are to be read: to be acted on, or to be dropped after the last reply.
    private var wantsInput: Bool { phase.isOver || takesInput }

    /// Acts on as much of the input as can be acted on now.
    private func work() {
        guard !isWorking else { return }
        isWorking = true
        defer { isWorking = false }
        while takesInput || phase.isLingering {
            do {
                guard let part = try decoder.next() else { break }
                process(part)
            } catch {
                if !phase.isOver { refuse(error, sendsBody: !decoder.isHead) }
                break
            }
        }
    }

    /// Ends a connection whose client sends no more, once nothing can come of what it has sent.
    private func endInput() {
        guard !isWorking, wantsInput else { return }
        switch phase {
        case .head, .body:
            refuse(HTTPRefusal(.malformed, "The connection ended in the middle of a request."))
        case .idle where decoder.hasInput:
            refuse(HTTPRefusal(.malformed, "The connection ended in the middle of a request."))
        case .closing where !isLastReplyWritten:
            break
        case .idle, .responding, .lingering, .closing, .closed:
            close()
        }
    }

    private func end() {
        deadline?.invalidate()
        if case .body(let current) = phase { environment.budget.give(current.takenBytes) }
        phase = .closed
        decoder.stop()
        context = nil
    }
}
