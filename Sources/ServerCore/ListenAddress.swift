import NIOCore

/// Where a server listens: an IP address, or every address of the host, and a port.
///
/// Written `[::]:8443`, `127.0.0.1:0` or `:8443`. An empty host is `[::]`, which takes IPv4 as well and falls back to
/// `0.0.0.0` where IPv6 is off. Port 0 lets the system choose. Host names are refused: resolving one blocks, and may
/// give another address after every restart.
public struct ListenAddress: Sendable, Equatable {
    /// The IP address without brackets; `::` for every address.
    public var host: String
    /// The TCP port, 0 for one that the system chooses.
    public var port: UInt16

    /// Makes an address from its parts, which are not checked.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Parses `text`.
    ///
    /// - Throws: ``ListenAddressError`` with what is wrong and an example of what is right.
    public init(parsing text: String) throws(ListenAddressError) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            throw ListenAddressError(code: .missingPort, text: text)
        }
        port = try Self.port(text[text.index(after: colon)...], in: text)
        host = try Self.host(text[..<colon], in: text)
    }

    /// Whether the address stands for every address of the host, IPv4 and IPv6.
    public var isDualStackWildcard: Bool { host == "::" }

    private static func port(_ digits: Substring, in text: String) throws(ListenAddressError) -> UInt16 {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
            throw ListenAddressError(code: .invalidPort, text: text)
        }
        return port
    }

    private static func host(_ host: Substring, in text: String) throws(ListenAddressError) -> String {
        if host.isEmpty { return "::" }
        guard host.first == "[" else {
            guard !host.utf8.contains(UInt8(ascii: ":")) else {
                throw ListenAddressError(code: .missingBrackets, text: text)
            }
            guard isLiteral(String(host), of: .inet) else { throw ListenAddressError(code: .invalidHost, text: text) }
            return String(host)
        }
        let inner = String(host.dropFirst().dropLast())
        guard host.last == "]", isLiteral(inner, of: .inet6) else {
            throw ListenAddressError(code: .invalidHost, text: text)
        }
        return inner
    }

    private static func isLiteral(_ host: String, of family: NIOBSDSocket.ProtocolFamily) -> Bool {
        // The system's parser reads up to a NUL and would not see what is behind it.
        !host.utf8.contains(0) && (try? SocketAddress(ipAddress: host, port: 0))?.protocol == family
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as it is written in configuration.
    public var description: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
