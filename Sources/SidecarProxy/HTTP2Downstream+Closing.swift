import NIOCore
import NIOHTTP2

extension HTTP2Downstream: HTTP2FrameObserver, RoundFlushing {
    /// Writes a frame without sending it.
    func write(
        _ identifier: HTTP2StreamID,
        _ payload: HTTP2Frame.FramePayload,
        _ promise: EventLoopPromise<Void>? = nil
    ) {
        needsFlush = true
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(wrapOutboundOut(HTTP2Frame(streamID: identifier, payload: payload)), promise: promise)
    }

    /// Sends what was written at the end of the round.
    func flush() {
        guard needsFlush, !isFlushAwaited else { return }
        isFlushAwaited = true
        worker.flushes.add(self)
    }

    func flushNow() {
        isFlushAwaited = false
        guard needsFlush else { return }
        needsFlush = false
        context?.flush()
    }

    func sentData(_ streamID: HTTP2StreamID, _ count: Int) {
        gate?.credit()
        streams[streamID]?.sent(count)
    }

    func sentFatalGoAway() { hasFailed = true }

    /// Asks the client to open no more streams (RFC 9113 section 6.8).
    func goAway() {
        guard !isGoingAway, !hasFailed else { return }
        isGoingAway = true
        // First without a last stream, for the client may be opening one just now; the last one follows.
        flushNow()
        gate?.announceGoAway()
        closeDeadline = .now() + .seconds(1)
        arm(at: .now() + .seconds(1))
    }

    /// Names the last stream that is served, and closes when there is none.
    func endGoingAway() {
        closeDeadline = nil
        write(.rootStream, .goAway(lastStreamID: lastStreamID, errorCode: .noError, opaqueData: nil))
        flushNow()
        isFinal = true
        closeIfDone()
    }

    /// Closes a connection that goes away when its last stream has ended.
    func closeIfDone() {
        guard isFinal, streams.isEmpty, !hasFailed else { return }
        isFinal = false
        lingerAndClose()
    }

    /// Whether another block may come for a stream; if not, the connection fails.
    func takesBlock(_ identifier: HTTP2StreamID) -> Bool {
        guard let stream = streams[identifier], stream.isRemoteDone else { return true }
        fail(.streamClosed)
        return false
    }

    /// Ends the connection for what nothing else has noticed.
    func fail(_ code: HTTP2ErrorCode) {
        guard !hasFailed else { return }
        write(.rootStream, .goAway(lastStreamID: lastStreamID, errorCode: code, opaqueData: nil))
        flushNow()
        hasFailed = true
        giveUp()
    }

    /// Ends the connection behind the GOAWAY that says why.
    func giveUp() {
        guard gate?.isShut != true else { return }
        gate?.isShut = true
        let streams = streams.values
        self.streams = [:]
        for stream in streams { stream.end() }
        lingerAndClose()
    }

    /// Ends our side at once and the connection a second later, so that what was said last arrives.
    private func lingerAndClose() {
        guard let context else { return }
        flushNow()
        context.close(mode: .output, promise: nil)
        let deadline = NIODeadline.now() + site.plan.lingerTimeout
        closeDeadline = deadline
        isLingering = true
        arm(at: deadline)
    }
}
