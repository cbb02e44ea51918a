import Testing

@testable import OpenSSL

@Suite struct TLSLifecycleTests {
    private func open() -> TLSLifecycle {
        var lifecycle = TLSLifecycle()
        _ = lifecycle.begin()
        lifecycle.completeHandshake()
        return lifecycle
    }

    @Test("The handshake begins once")
    func beginsOnce() {
        var lifecycle = TLSLifecycle()
        let begun = lifecycle.begin()
        #expect(begun)
        let begunAgain = lifecycle.begin()
        #expect(!begunAgain)
    }

    @Test("Writes are held until the handshake is complete and refused after the output ended")
    func judgesWrites() {
        var lifecycle = TLSLifecycle()
        #expect(lifecycle.writeVerdict == .hold)
        _ = lifecycle.begin()
        #expect(lifecycle.writeVerdict == .hold)
        lifecycle.completeHandshake()
        #expect(lifecycle.writeVerdict == .accept)
        let ended = lifecycle.endOutput()
        #expect(ended)
        #expect(lifecycle.writeVerdict == .refuse)
    }

    @Test("Closing waits for the peer, and closing again waits on")
    func closesAndWaits() {
        var lifecycle = open()
        let closing = lifecycle.close()
        #expect(closing == .sayGoodbye)
        let closingAgain = lifecycle.close()
        #expect(closingAgain == .wait)
        let goodbye = lifecycle.peerSaidGoodbye(allowsHalfClosure: false)
        #expect(goodbye == .closeNow)
        let end = lifecycle.end()
        #expect(end == .expected)
    }

    @Test("Closing during the handshake does not wait")
    func closesDuringHandshake() {
        var lifecycle = TLSLifecycle()
        _ = lifecycle.begin()
        let closing = lifecycle.close()
        #expect(closing == .closeNow)
    }

    @Test("Closing after the output ended says close_notify only once")
    func closesAfterOutput() {
        var lifecycle = open()
        _ = lifecycle.endOutput()
        let closing = lifecycle.close()
        #expect(closing == .wait)
    }

    @Test("The peer's close_notify ends the input where half closure is allowed")
    func endsInput() {
        var lifecycle = open()
        let goodbye = lifecycle.peerSaidGoodbye(allowsHalfClosure: true)
        #expect(goodbye == .endInput)
        #expect(!lifecycle.delivers)
        #expect(lifecycle.writeVerdict == .accept)
        let closing = lifecycle.close()
        #expect(closing == .sayGoodbye)
    }

    @Test("The peer's close_notify is answered where half closure is not allowed")
    func answersGoodbye() {
        var lifecycle = open()
        let goodbye = lifecycle.peerSaidGoodbye(allowsHalfClosure: false)
        #expect(goodbye == .answerAndClose)
        let goodbyeAgain = lifecycle.peerSaidGoodbye(allowsHalfClosure: false)
        #expect(goodbyeAgain == .ignore)
    }

    @Test("A failure counts once")
    func failsOnce() {
        var lifecycle = open()
        let failed = lifecycle.fail()
        #expect(failed)
        let failedAgain = lifecycle.fail()
        #expect(!failedAgain)
        let end = lifecycle.end()
        #expect(end == .expected)
    }

    @Test("The end of the connection means what the state says")
    func judgesEnds() {
        var idle = TLSLifecycle()
        let end = idle.end()
        #expect(end == .expected)
        var handshaking = TLSLifecycle()
        _ = handshaking.begin()
        let endAgain = handshaking.end()
        #expect(endAgain == .interruptedHandshake)
        var opened = open()
        let endThrice = opened.end()
        #expect(endThrice == .truncated)
        var halfOpen = open()
        _ = halfOpen.peerSaidGoodbye(allowsHalfClosure: true)
        let endLast = halfOpen.end()
        #expect(endLast == .expected)
    }
}
