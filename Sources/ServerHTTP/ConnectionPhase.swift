import NIOCore

/// What an HTTP connection is doing.
///
/// ```
/// idle --bytes--> head --head--> body --end--> responding --reply--> idle
///   \______________ head ________/                |
/// any --refusal or last reply--> lingering --rest of the request, or deadline--> closing
/// any --last reply--> closing --reply written, or stalled--> closed
/// ```
enum ConnectionPhase {
    /// Between requests.
    case idle
    /// A part of a head has arrived.
    case head
    /// The head has arrived and the body is on its way.
    case body(RequestInProgress)
    /// The responder has the request and answers later.
    case responding(RequestInProgress)
    /// The last reply is written; input is dropped so that it is not overtaken by a reset.
    case lingering
    /// The last reply is on its way, then the connection closes.
    case closing
    /// Nothing happens any more.
    case closed

    /// Whether the next part of a request can be acted on.
    var takesInput: Bool {
        switch self {
        case .idle, .head, .body: true
        case .responding, .lingering, .closing, .closed: false
        }
    }

    /// Whether there is no request that a close would lose.
    var isIdle: Bool {
        if case .idle = self { true } else { false }
    }

    /// Whether a reply is still to come.
    var owesReply: Bool {
        switch self {
        case .head, .body, .responding: true
        case .idle, .lingering, .closing, .closed: false
        }
    }

    /// Whether what is left of a refused request is read and dropped.
    var isLingering: Bool {
        if case .lingering = self { true } else { false }
    }

    /// Whether the last reply of the connection has been given.
    var isOver: Bool {
        switch self {
        case .lingering, .closing, .closed: true
        case .idle, .head, .body, .responding: false
        }
    }
}
