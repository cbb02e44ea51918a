import Testing

@testable import ServerCore

@Suite("ServerState")
struct ServerStateTests {
    @Test("a phase is entered once and never left backwards")
    func forwards() {
        let state = ServerState()
        #expect(state.phase == .starting)
        #expect(state.advance(to: .draining))
        #expect(!state.advance(to: .draining))
        #expect(!state.advance(to: .ready))
        #expect(state.phase == .draining)
    }

    @Test("only a ready server is ready, and from the drain on it is leaving", arguments: ServerState.Phase.allCases)
    func questions(phase: ServerState.Phase) {
        let state = ServerState()
        state.advance(to: phase)
        #expect(state.isReady == (phase == .ready))
        #expect(state.isLeaving == (phase == .draining || phase == .refusing || phase == .stopped))
    }
}
