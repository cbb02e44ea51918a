import Logging
import NIOCore
import NIOHTTP1
import ServerCore

extension HTTPConnectionHandler {
    /// Sends the reply to a request that has been read whole, or the last one of the connection.
    ///
    /// - Parameters:
    ///   - response: The reply.
    ///   - current: The request.
    ///   - isLast: Whether the connection must end whatever the request and the server say.
    ///   - lingers: Whether unread input must be dropped before the connection closes.
    func reply(
        _ response: HTTPResponse,
        to current: RequestInProgress,
        isLast: Bool = false,
        lingers: Bool = false
    ) {
        let noneFollows = inputClosed && !decoder.hasInput
        let isLast = isLast || noneFollows || !current.isPersistent || connection.serverState.isLeaving
        send(
            response,
            persistence: isLast ? .close : current.needsKeepAlive ? .keepAlive : .implied,
            sendsBody: current.request.method != .HEAD,
            lingers: lingers
        )
    }

    /// Answers a request that is not served, and ends the connection.
    func refuse(_ refusal: HTTPRefusal, sendsBody: Bool = true) {
        environment.counters.countRefusal(refusal.code)
        var sendsBody = sendsBody
        switch phase {
        case .body(let current):
            environment.budget.give(current.takenBytes)
            sendsBody = current.request.method != .HEAD
        case .responding(let current):
            sendsBody = current.request.method != .HEAD
        case .idle, .head, .lingering, .closing, .closed:
            break
        }
        requestNumber &+= 1
        send(refusal.response, persistence: .close, sendsBody: sendsBody, lingers: refusal.leavesInput)
        resume()
    }

    /// Closes the connection now.
    func close() {
        guard let context else { return }
        if case .body(let current) = phase { environment.budget.give(current.takenBytes) }
        phase = .closed
        deadline?.invalidate()
        context.close(promise: nil)
    }

    /// Ends a lingering connection, because the rest of the refused request has been read.
    func finishLingering() {
        guard case .lingering = phase else { return }
        guard !isLastReplyWritten else { return close() }
        phase = .closing
    }

    /// Writes bytes, and flushes them now unless the end of a burst is near.
    func write(_ bytes: ByteBuffer, _ more: ByteBuffer? = nil) {
        guard let context else { return }
        context.write(wrapOutboundOut(bytes), promise: nil)
        if let more { context.write(wrapOutboundOut(more), promise: nil) }
        needsFlush = true
        if !isInBurst { flush() }
    }

    /// Flushes what was written.
    func flush() {
        guard needsFlush, let context else { return }
        needsFlush = false
        context.flush()
        if !context.channel.isWritable { beginStall() }
    }

    private func send(
        _ response: HTTPResponse,
        persistence: ResponseEncoder.Persistence,
        sendsBody: Bool,
        lingers: Bool
    ) {
        guard let context else { return }
        let response = sendable(response)
        environment.counters.countResponse(status: Int(response.status.code))
        let (bytes, body) = ResponseEncoder.encode(
            response,
            date: environment.date.current,
            persistence: persistence,
            sendsBody: sendsBody,
            allocator: context.channel.allocator
        )
        guard persistence == .close else {
            phase = .idle
            deadline?.set(in: environment.limits.idleTimeout)
            return write(bytes, body)
        }
        phase = lingers && !inputClosed ? .lingering : .closing
        if !lingers { decoder.stop() }
        writeLast(bytes, body, context)
    }

    /// Writes and flushes the last reply, and sees to the end of the connection.
    private func writeLast(_ bytes: ByteBuffer, _ body: ByteBuffer?, _ context: ChannelHandlerContext) {
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.lastReplyWritten() }
        context.write(wrapOutboundOut(bytes), promise: body == nil ? written : nil)
        if let body { context.write(wrapOutboundOut(body), promise: written) }
        needsFlush = false
        context.flush()
        if !isLastReplyWritten, self.context != nil { beginStall() }
    }

    private func lastReplyWritten() {
        isLastReplyWritten = true
        switch phase {
        case .closing:
            close()
        case .lingering:
            stalledBytes = nil
            deadline?.set(in: environment.limits.lingerTimeout)
            // The peer learns at once that nothing more comes; TLS says so when the connection closes.
            if !connection.isTLS { context?.close(mode: .output, promise: nil) }
        case .idle, .head, .body, .responding, .closed:
            break
        }
    }

    /// Replaces a status that must not leave this server.
    private func sendable(_ response: HTTPResponse) -> HTTPResponse {
        switch response.status.code {
        case 200..<300, 400..<600:
            return response
        default:
            environment.logger.error("responder gave a forbidden status", metadata: ["status": "\(response.status)"])
            environment.counters.countRefusal(.responderFailed)
            return HTTPRefusal(.responderFailed, "The request could not be answered.").response
        }
    }
}
