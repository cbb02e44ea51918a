import CResolv

/// The C library's resolver with its configuration, for one lookup.
///
/// Safety: the pointer is valid from `init` to `deinit`, and only one thread holds the value.
@safe
struct Resolver: ~Copyable {
    private let state: UnsafeMutableRawPointer

    /// The largest answer that is read; servers cut or send over TCP what exceeds a datagram.
    private static let maximumBytes = 65_536

    /// Reads the system's configuration; nil when that fails or `server` has no valid address.
    init?(server: SystemNameLookup.Server?, tryTimeout: Int, tries: Int) {
        guard let state = unsafe CResolv_open(CInt(tryTimeout), CInt(tries)) else { return nil }
        if let server, unsafe CResolv_use_server(state, server.address, server.port) == 0 {
            unsafe CResolv_close(state)
            return nil
        }
        unsafe self.state = unsafe state
    }

    deinit {
        unsafe CResolv_close(state)
    }

    /// The full names that `name` may stand for, in the order in which they are asked for.
    func candidates(for name: String) -> [String] {
        if name.utf8.last == UInt8(ascii: ".") { return [name] }
        var domains: [String] = []
        while let domain = unsafe CResolv_search_domain(state, CInt(domains.count)) {
            unsafe domains.append(String(cString: domain))
        }
        let searched = domains.map { $0 == "." ? "\(name)." : "\(name).\($0)." }
        let dots = name.utf8.count { $0 == UInt8(ascii: ".") }
        let isCompleteFirst = unsafe dots >= Int(CResolv_ndots(state))
        return isCompleteFirst ? ["\(name)."] + searched : searched + ["\(name)."]
    }

    /// Asks the servers for `name` exactly, on behalf of `question`.
    func query(_ name: String, _ type: RecordType, for question: String) throws(NameResolutionError) -> NameAnswer {
        var answer = [UInt8](repeating: 0, count: Self.maximumBytes)
        var failure: CInt = 0
        // Safety: the resolver writes at most as many bytes as the array has, and reads the name up to its NUL.
        let length = unsafe answer.withUnsafeMutableBufferPointer { buffer in
            unsafe Int(
                CResolv_query(state, name, CInt(type.rawValue), buffer.baseAddress, CInt(buffer.count), &failure)
            )
        }
        guard length >= 0 else { throw NameResolutionError(Self.code(failure), question) }
        guard let message = DNSMessage(Array(answer.prefix(length)), type: type) else {
            throw NameResolutionError(.serverFailure, question)
        }
        guard !message.addresses.isEmpty else { throw NameResolutionError(.notFound, question) }
        return NameAnswer(
            addresses: message.addresses,
            timeToLive: message.timeToLive.map { .seconds($0) }
        )
    }

    /// What a value of `h_errno` means; TRY_AGAIN, for silent and for failing servers, and NO_RECOVERY are failures.
    private static func code(_ failure: CInt) -> NameResolutionError.Code {
        failure == HOST_NOT_FOUND || failure == NO_DATA ? .notFound : .serverFailure
    }
}
