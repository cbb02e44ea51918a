import Logging
import NIOCore
import NIOHTTP1
import ServerCore

/// Serves the requests of one connection, one at a time and in order.
///
/// It stands behind the request decoder and writes bytes. While a request is unfinished, or the peer takes no bytes,
/// it holds back reads, so that input waits in the kernel of the client and not here.
final class HTTPConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let environment: HTTPEnvironment
    let connection: ConnectionContext
    let decoder: RequestDecoder
    var phase = ConnectionPhase.idle
    var pending: PendingInput
    var context: ChannelHandlerContext?
    var deadline: ConnectionDeadline?
    /// Whether parts arrived since the last `channelReadComplete`, so that a flush can wait for it.
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
    private var isResuming = false
    private var readIsHeld = false

    init(environment: HTTPEnvironment, connection: ConnectionContext, decoder: RequestDecoder) {
        self.environment = environment
        self.connection = connection
        self.decoder = decoder
        self.pending = PendingInput(limit: environment.limits.pipelinedRequests)
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
        let part = unwrapInboundIn(data)
        if phase.isOver {
            if case .end = part { finishLingering() }
            return
        }
        guard takesInput, pending.isEmpty, !isResuming else { return pending.append(.part(part)) }
        process(.part(part))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let hadParts = isInBurst
        isInBurst = false
        flush()
        noteInput(hadParts: hadParts)
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        guard phase.isOver || (takesInput && pending.isEmpty) else {
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
        case DrainEvent.lastCall where phase.isIdle && pending.isEmpty:
            close()
        case ChannelEvent.inputClosed:
            inputClosed = true
            if phase.isOver || !(phase.owesReply || !pending.isEmpty) { close() }
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let refusal = HTTPRefusal(decoding: error) else {
            // After a decoding error the decoder repeats itself with every read.
            if error is ByteToMessageDecoderError { return }
            environment.logger.debug("connection failed", metadata: ["error": "\(error)"])
            return close()
        }
        guard !phase.isOver else { return }
        guard takesInput, pending.isEmpty, !isResuming else { return pending.append(.refusal(refusal)) }
        process(.refusal(refusal))
    }

    /// Acts on what waited, and asks for more input when all of it is done.
    func resume() {
        guard !isResuming else { return }
        isResuming = true
        while takesInput, let item = pending.next() {
            process(item)
        }
        isResuming = false
        if phase.isOver { pending.removeAll() }
        if readIsHeld, phase.isOver || (takesInput && pending.isEmpty) {
            readIsHeld = false
            context?.read()
        }
    }

    /// Whether the next step of input can be acted on now.
    private var takesInput: Bool {
        phase.takesInput && context?.channel.isWritable == true
    }

    private func end() {
        deadline?.invalidate()
        if case .body(let current) = phase { environment.budget.give(current.takenBytes) }
        phase = .closed
        pending.removeAll()
        context = nil
    }
}
