import NIOCore

/// The deadlines of a connection:
///
/// | phase | deadline | when it passes |
/// |---|---|---|
/// | idle | `idleTimeout` from the start or the last reply | close |
/// | head | `headersTimeout` from the first byte, or up to a sixteenth more | 408, close |
/// | body | `bodyTimeout` from the end of the head, or up to a sixteenth more | 408, close |
/// | responding | `responseTimeout` from the end of the request | 503, close |
/// | lingering | `lingerTimeout` from the last reply | close |
/// | any with unsent bytes | `writeStallTimeout` since the peer last took some | close |
extension HTTPConnectionHandler {
    /// Starts the deadline of a head or a body when a burst of reads has ended in the middle of one.
    func noteInput() {
        switch phase {
        case .idle where decoder.hasInput && takesInput:
            phase = .head
            setSpread(environment.limits.headersTimeout)
        case .body where !hasBodyDeadline:
            hasBodyDeadline = true
            setSpread(environment.limits.bodyTimeout)
        default:
            break
        }
    }

    private func setSpread(_ amount: TimeAmount) {
        deadline?.set(in: amount + environment.spread.next(of: amount))
    }

    /// Starts to watch a peer that takes no bytes.
    func beginStall() {
        stalledBytes = unsentBytes
        deadline?.set(in: environment.limits.writeStallTimeout)
    }

    /// Stops to watch a peer that has taken what it was sent.
    func endStall() {
        guard stalledBytes != nil, !phase.isOver else { return }
        stalledBytes = nil
        if phase.isIdle { deadline?.set(in: environment.limits.idleTimeout) }
    }

    /// Acts on the deadline of the phase.
    func deadlinePassed() {
        if let stalledBytes {
            let unsent = unsentBytes
            guard unsent < stalledBytes else { return close() }
            self.stalledBytes = unsent
            deadline?.set(in: environment.limits.writeStallTimeout)
            return
        }
        switch phase {
        case .idle:
            environment.counters.countIdleClose()
            close()
        case .lingering, .closing, .closed:
            close()
        case .head:
            refuse(HTTPRefusal(.headTimeout, "The head of the request did not arrive in time."))
        case .body:
            refuse(HTTPRefusal(.bodyTimeout, "The body of the request did not arrive in time."))
        case .responding:
            refuse(HTTPRefusal(.responseTimeout, "The request was not answered in time."))
        }
    }

    private var unsentBytes: Int {
        do {
            return try context?.channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
        } catch {
            // The channel is closed, and nothing of it is left to be sent.
            return 0
        }
    }
}
