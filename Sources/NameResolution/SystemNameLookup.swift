/// Looks names up as the system does: in the hosts file, then from the name servers of `resolv.conf` with its search
/// domains (resolver(5)).
///
/// Unlike `getaddrinfo` it tells how long an answer may be believed. Both files are read anew for every lookup, so
/// that a change needs no reload.
public struct SystemNameLookup: NameLookup {
    /// A name server that is asked instead of the system's.
    public struct Server: Sendable, Hashable {
        /// Its IPv4 address.
        public var address: String
        /// Its port, 53 for most.
        public var port: UInt16

        /// Makes a server.
        public init(address: String, port: UInt16 = 53) {
            self.address = address
            self.port = port
        }
    }

    /// The server that is asked in place of the system's, without search domains; nil for the system's.
    public let server: Server?
    /// How long each try waits for a server, whole seconds from 1 to 30.
    public let tryTimeout: Int
    /// How often each server is tried, 1 to 5.
    public let tries: Int
    /// The hosts file.
    public let hostsPath: String

    /// Makes a lookup.
    public init(server: Server? = nil, tryTimeout: Int = 2, tries: Int = 2, hostsPath: String = "/etc/hosts") {
        self.server = server
        self.tryTimeout = max(1, min(tryTimeout, 30))
        self.tries = max(1, min(tries, 5))
        self.hostsPath = hostsPath
    }

    /// Looks up what `question` asks for; an address written as text is its own answer.
    public func lookUp(
        _ question: NameQuestion,
        until deadline: ContinuousClock.Instant
    ) throws(NameResolutionError) -> NameAnswer {
        if let address = ResolvedAddress(question.name) {
            return NameAnswer(addresses: [address])
        }
        guard Self.isName(question.name) else { throw NameResolutionError(.invalidName, question.name) }
        let local = Self.chosen(HostsFile(path: hostsPath).addresses(of: question.name), question)
        guard local.isEmpty else { return NameAnswer(addresses: local) }
        guard let resolver = Resolver(server: server, tryTimeout: tryTimeout, tries: tries) else {
            throw NameResolutionError(.serverFailure, question.name)
        }
        var failure = NameResolutionError(.notFound, question.name)
        for name in resolver.candidates(for: question.name) {
            do throws(NameResolutionError) {
                return try Self.ask(resolver, name, question, deadline)
            } catch {
                // A name that is not there in one domain may be there in the next, and one whose servers fail as well.
                if !error.isDefinite { failure = error }
            }
        }
        throw failure
    }

    /// Asks for `name` exactly, one kind of record after the other.
    private static func ask(
        _ resolver: borrowing Resolver,
        _ name: String,
        _ question: NameQuestion,
        _ deadline: ContinuousClock.Instant
    ) throws(NameResolutionError) -> NameAnswer {
        var found: NameAnswer?
        var failure = NameResolutionError(.notFound, question.name)
        for type in question.types.order {
            guard ContinuousClock.now < deadline else { throw NameResolutionError(.timedOut, question.name) }
            do throws(NameResolutionError) {
                let answer = try resolver.query(name, type, for: question.name)
                if question.types.isFirstEnough { return answer }
                found = found.map { joined($0, answer) } ?? answer
            } catch {
                if failure.isDefinite { failure = error }
            }
        }
        guard let found else { throw failure }
        return found
    }

    private static func joined(_ one: NameAnswer, _ other: NameAnswer) -> NameAnswer {
        let lives = [one.timeToLive, other.timeToLive].compactMap { $0 }
        return NameAnswer(addresses: one.addresses + other.addresses, timeToLive: lives.min())
    }

    /// Those of `addresses` that the question wants, in its order.
    private static func chosen(_ addresses: [ResolvedAddress], _ question: NameQuestion) -> [ResolvedAddress] {
        var chosen: [ResolvedAddress] = []
        for type in question.types.order where chosen.isEmpty || !question.types.isFirstEnough {
            chosen += addresses.filter { $0.isIPv6 == (type == .aaaa) }
        }
        return chosen
    }

    /// Whether `name` may be asked for: labels of 1 to 63 bytes, 253 in all (RFC 1035 section 2.3.4).
    private static func isName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard bytes.count <= 254, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        let whole = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes[...]
        return !whole.isEmpty
            && whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .allSatisfy { (1...63).contains($0.count) }
    }
}
