import LoadBalancing

/// What one event loop has done with one endpoint, for `/clusters`; only its loop touches it.
struct EndpointAccount: Sendable, Equatable {
    var connections = 0
    var activeConnections = 0
    var connectFailures = 0
    var requests = 0
    var activeRequests = 0
    var pendingRequests = 0
    var successes = 0
    var errors = 0
    var timeouts = 0

    /// Counts how a request ended; one that was given up is neither.
    mutating func count(_ outcome: RequestOutcome?) {
        switch outcome {
        case .response(let status) where status < 500: successes += 1
        case .response, .connectionFailed: errors += 1
        case .timedOut:
            errors += 1
            timeouts += 1
        case nil: break
        }
    }

    /// Adds what another loop has done.
    mutating func add(_ other: EndpointAccount) {
        connections &+= other.connections
        activeConnections &+= other.activeConnections
        connectFailures &+= other.connectFailures
        requests &+= other.requests
        activeRequests &+= other.activeRequests
        pendingRequests &+= other.pendingRequests
        successes &+= other.successes
        errors &+= other.errors
        timeouts &+= other.timeouts
    }
}
