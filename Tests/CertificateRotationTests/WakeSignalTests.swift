import Testing

@testable import CertificateRotation

@Suite(.timeLimit(.minutes(1))) struct WakeSignalTests {
    @Test("A signal that came before is not lost, and counts once")
    func keepsSignals() async {
        let wake = WakeSignal()
        wake.signal()
        wake.signal()
        await wake.wait(for: .seconds(3_600))
        let clock = ContinuousClock()
        let elapsed = await clock.measure { await wake.wait(for: .milliseconds(50)) }
        #expect(elapsed >= .milliseconds(50))
    }

    @Test("A signal ends a wait")
    func endsWaits() async {
        let wake = WakeSignal()
        async let waiting: Void = wake.wait(for: .seconds(3_600))
        wake.signal()
        await waiting
    }

    @Test("A cancelled task waits no more")
    func obeysCancellation() async {
        let wake = WakeSignal()
        let task = Task { await wake.wait(for: .seconds(3_600)) }
        task.cancel()
        await task.value
    }
}
