import HTTP1
import Logging
import NIOCore
import NIOHTTP1
import ServerCore

extension HTTPConnectionHandler {
    /// Acts on one step of input.
    func process(_ part: RequestDecoder.Part) {
        switch part {
        case .head(let start) where !phase.isOver: receive(start)
        case .body(let bytes) where !phase.isOver: receive(bytes)
        case .end: phase.isOver ? finishLingering() : receiveEnd()
        case .head, .body: break
        }
    }

    private func receive(_ start: RequestStart) {
        environment.counters.countRequest()
        requestNumber &+= 1
        hasBodyDeadline = false
        do {
            try environment.gate.check(start)
        } catch {
            return refuse(error, sendsBody: start.method != .HEAD)
        }
        guard connection.serverState.phase < .refusing else {
            return refuse(HTTPRefusal(.draining, "The server is stopping."), sendsBody: start.method != .HEAD)
        }
        var current = RequestInProgress(
            request: HTTPRequest(
                method: start.method,
                path: start.path,
                query: start.query,
                headers: start.headers,
                connection: connection
            ),
            framing: start.framing,
            isPersistent: start.isPersistent,
            needsKeepAlive: start.needsKeepAlive
        )
        current.request.hasWaited = hasWaited
        hasWaited = false
        if let early = environment.responder.respondEarly(to: current.request) {
            guard start.framing.isEmpty else {
                return reply(early, to: current, isLast: true, lingers: true)
            }
            current.earlyResponse = early
        }
        phase = .body(current)
        if start.expectsContinue {
            write(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))
        }
    }

    private func receive(_ bytes: ByteBuffer) {
        guard case .body(var current) = phase else { return }
        let count = bytes.readableBytes
        // With a Content-Length the gate has checked it, and the codec delivers no more than that.
        guard current.request.body.readableBytes + count <= environment.limits.bodyBytes else {
            let limit = environment.limits.bodyBytes
            return refuse(HTTPRefusal(.bodyTooLarge, "The body is longer than the limit of \(limit) bytes."))
        }
        guard environment.budget.take(count) else {
            return refuse(HTTPRefusal(.overBudget, "Too many bytes of other requests are in flight; try again."))
        }
        current.takenBytes += count
        // The phase must not hold a second reference while the body grows, or every part would copy it.
        phase = .idle
        current.append(bytes)
        phase = .body(current)
    }

    private func receiveEnd() {
        guard case .body(let current) = phase, let context else { return }
        if let early = current.earlyResponse {
            return reply(early, to: current)
        }
        switch environment.responder.respond(to: current.request, on: context.eventLoop) {
        case .now(let response):
            environment.budget.give(current.takenBytes)
            reply(response, to: current)
        case .later(let future):
            wait(for: future, of: current, on: context.eventLoop)
        case .busy(let response, let turn):
            environment.budget.give(current.takenBytes)
            hold(until: turn, on: context.eventLoop)
            reply(response, to: current)
        }
    }

    /// Reads nothing more until `turn` completes.
    private func hold(until turn: EventLoopFuture<Void>, on eventLoop: any EventLoop) {
        isHeld = true
        // Whoever made the promise need not know that the connection has ended, nor keep it.
        turn.hop(to: eventLoop).assumeIsolated().whenComplete { [weak self] _ in
            guard let self else { return }
            isHeld = false
            hasWaited = true
            resume()
        }
    }

    private func wait(
        for future: EventLoopFuture<HTTPResponse>,
        of current: RequestInProgress,
        on eventLoop: any EventLoop
    ) {
        var waiting = current
        let takenBytes = current.takenBytes
        waiting.takenBytes = 0
        waiting.request.body = ByteBuffer()
        phase = .responding(waiting)
        deadline?.set(in: environment.limits.responseTimeout)
        let number = requestNumber
        let budget = environment.budget
        future.hop(to: eventLoop).assumeIsolated().whenComplete { result in
            // The responder held the body until now, whatever has become of the connection.
            budget.give(takenBytes)
            self.receive(result, number: number)
        }
    }

    private func receive(_ result: Result<HTTPResponse, any Error>, number: UInt64) {
        guard number == requestNumber, case .responding(let current) = phase else { return }
        switch result {
        case .success(let response):
            reply(response, to: current)
        case .failure(let error):
            environment.logger.error("responder failed", metadata: ["error": "\(error)"])
            environment.counters.countRefusal(.responderFailed)
            reply(HTTPRefusal(.responderFailed, "The request could not be answered.").response, to: current)
        }
        resume()
    }
}
