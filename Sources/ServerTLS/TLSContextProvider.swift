public import NIOCore
public import OpenSSL
import Synchronization

/// Hands every event loop its own TLS context of the configuration now in use.
///
/// Connections of one loop share one context, so no reference count bounces between cores. A new configuration is built
/// in full before it is swapped in; connections that began with the old one keep it to their end.
public final class TLSContextProvider: Sendable {
    private struct State {
        var configuration: TLSServerConfiguration?
        var contexts: [ObjectIdentifier: TLSContext]
    }

    private let state: Mutex<State>
    private let pacers = Mutex<[ObjectIdentifier: NIOLoopBound<HandshakePacer>]>([:])

    /// Makes a provider that has no certificate before the first one is installed.
    public init() {
        state = Mutex(State(configuration: nil, contexts: [:]))
    }

    /// Makes a provider, after proving that a context can be made of `configuration`.
    public init(_ configuration: TLSServerConfiguration) throws(OpenSSLError) {
        _ = try TLSContext(server: configuration)
        state = Mutex(State(configuration: configuration, contexts: [:]))
    }

    /// The context for the connections of `eventLoop`.
    ///
    /// The first call of a loop makes it (a fraction of a millisecond).
    ///
    /// - Throws: `noCertificate` before the first configuration is installed.
    public func context(for eventLoop: any EventLoop) throws(OpenSSLError) -> TLSContext {
        let identifier = ObjectIdentifier(eventLoop)
        return try state.withLock { (state) throws(OpenSSLError) in
            if let context = state.contexts[identifier] { return context }
            guard let configuration = state.configuration else {
                throw OpenSSLError(.noCertificate, "there is no certificate to serve with yet")
            }
            let context = try TLSContext(server: configuration)
            state.contexts[identifier] = context
            return context
        }
    }

    /// The pacer of the handshakes of `eventLoop`, whatever their configuration; call it on that loop.
    func pacer(for eventLoop: any EventLoop) -> HandshakePacer {
        pacers.withLock { pacers in
            let identifier = ObjectIdentifier(eventLoop)
            if let known = pacers[identifier] { return known.value }
            let pacer = HandshakePacer(eventLoop: eventLoop)
            pacers[identifier] = NIOLoopBound(pacer, eventLoop: eventLoop)
            return pacer
        }
    }

    /// Makes `configuration` the one for new connections.
    ///
    /// The contexts of every loop seen so far are made here, off the loops; when one cannot be made nothing changes.
    public func install(_ configuration: TLSServerConfiguration) throws(OpenSSLError) {
        var contexts: [ObjectIdentifier: TLSContext] = [:]
        let trial = try TLSContext(server: configuration)
        for (index, identifier) in state.withLock({ Array($0.contexts.keys) }).enumerated() {
            contexts[identifier] = index == 0 ? trial : try TLSContext(server: configuration)
        }
        state.withLock { $0 = State(configuration: configuration, contexts: contexts) }
    }

    /// The configuration for new connections; nil before the first is installed.
    public var configuration: TLSServerConfiguration? {
        state.withLock { $0.configuration }
    }
}
