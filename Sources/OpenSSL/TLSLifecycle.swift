/// What a TLS connection is doing, and what its events mean for it; no input, no output.
///
/// ```
///                       handshakeCompleted
///   idle -> handshaking ------------------> open --- close() / peer's close_notify ---> closing -> closed
///                |                           |                                             ^
///                +------- failed() ----------+---------------- failed() -------------------+
/// ```
///
/// `open` has two halves: the peer's ends with its close_notify, ours with the one we send. When both have ended the
/// session is over. `closing` waits for the peer, by time only: bytes that still arrive are thrown away.
/// Left out: renegotiation (refused) and going on without TLS after close_notify (never done).
struct TLSLifecycle: Equatable {
    /// The states of the diagram.
    enum Phase: Equatable {
        /// The channel is not active yet.
        case idle
        /// Keys are being agreed on.
        case handshaking
        /// Data flows; each flag says that a direction has ended.
        case open(inputEnded: Bool, outputEnded: Bool)
        /// Nothing more is delivered or accepted; the peer may still have something to read.
        case closing
        /// The channel is gone, or about to be.
        case closed
    }

    /// What to do with a write.
    enum WriteVerdict: Equatable {
        /// Encrypt it at the next flush.
        case accept
        /// Keep it, within the limit, until the handshake is over.
        case hold
        /// Refuse it: the output has ended.
        case refuse
    }

    /// What to do about a request to close.
    enum CloseVerdict: Equatable {
        /// Close the channel now.
        case closeNow
        /// Say close_notify and wait for the peer.
        case sayGoodbye
        /// Wait for the peer; close_notify was said before.
        case wait
    }

    /// What to do about the peer's close_notify.
    enum GoodbyeVerdict: Equatable {
        /// Tell the layers above that the input has ended; the output stays open.
        case endInput
        /// Say close_notify too, then close the channel.
        case answerAndClose
        /// Both have said it: close the channel.
        case closeNow
        /// It was said before.
        case ignore
    }

    /// What the end of the connection means.
    enum EndVerdict: Equatable {
        /// Nothing: it was expected.
        case expected
        /// The handshake was cut off.
        case interruptedHandshake
        /// Data may be missing.
        case truncated
    }

    /// The state.
    private(set) var phase: Phase = .idle

    /// Begins the handshake; false when it was begun before.
    mutating func begin() -> Bool {
        guard phase == .idle else { return false }
        phase = .handshaking
        return true
    }

    /// Notes that the handshake is complete.
    mutating func completeHandshake() {
        guard phase == .handshaking else { return }
        phase = .open(inputEnded: false, outputEnded: false)
    }

    /// What a write means now.
    var writeVerdict: WriteVerdict {
        switch phase {
        case .idle, .handshaking: .hold
        case .open(_, let outputEnded): outputEnded ? .refuse : .accept
        case .closing, .closed: .refuse
        }
    }

    /// Whether received bytes are decrypted and delivered.
    var delivers: Bool {
        if case .open(inputEnded: false, _) = phase { return true }
        return false
    }

    /// Someone asked to close the connection.
    mutating func close() -> CloseVerdict {
        switch phase {
        case .idle, .handshaking, .closed, .open(inputEnded: true, outputEnded: true):
            phase = .closed
            return .closeNow
        case .open(_, let outputEnded):
            phase = .closing
            return outputEnded ? .wait : .sayGoodbye
        case .closing:
            return .wait
        }
    }

    /// Someone asked to end the output; false when it has ended before or the handshake is not over.
    mutating func endOutput() -> Bool {
        guard case .open(let inputEnded, false) = phase else { return false }
        phase = .open(inputEnded: inputEnded, outputEnded: true)
        return true
    }

    /// The peer said close_notify.
    mutating func peerSaidGoodbye(allowsHalfClosure: Bool) -> GoodbyeVerdict {
        switch phase {
        case .open(inputEnded: false, outputEnded: false) where allowsHalfClosure:
            phase = .open(inputEnded: true, outputEnded: false)
            return .endInput
        case .open(inputEnded: false, outputEnded: false):
            phase = .closed
            return .answerAndClose
        case .open(inputEnded: false, outputEnded: true), .closing:
            phase = .closed
            return .closeNow
        case .open, .idle, .handshaking, .closed:
            return .ignore
        }
    }

    /// The session broke or its deadline passed; false when it was over before.
    mutating func fail() -> Bool {
        guard phase != .closing, phase != .closed else { return false }
        phase = .closing
        return true
    }

    /// The channel is gone.
    mutating func end() -> EndVerdict {
        defer { phase = .closed }
        switch phase {
        case .handshaking: return .interruptedHandshake
        case .open(inputEnded: false, _): return .truncated
        case .idle, .open, .closing, .closed: return .expected
        }
    }
}
