/// What a client says of itself in the first message of TLS (RFC 8446 section 4.1.2), read without answering it.
struct ClientHello: Equatable {
    /// The name of the server it looks for, in lower case; empty when it names none (RFC 6066 section 3).
    var serverName = ""
    /// The application protocols that it offers (RFC 7301).
    var applicationProtocols: [String] = []

    /// What the first bytes of a connection are.
    enum Verdict: Equatable {
        /// The beginning of a ClientHello; more has to come.
        case incomplete
        /// A ClientHello.
        case hello(ClientHello)
        /// Something else.
        case plain
    }

    /// The most bytes that are waited for.
    static let limit = 16 * 1024

    /// Judges the first bytes of a connection.
    ///
    /// A ClientHello that cannot be understood counts as one without a name: the handshake will refuse it.
    static func judge(_ bytes: Span<UInt8>) -> Verdict {
        guard bytes.count > 0 else { return .incomplete }
        guard bytes[0] == 0x16 else { return .plain }
        // Handshake messages may be spread over records.
        var message: [UInt8] = []
        var index = 0
        while true {
            guard index + 5 <= bytes.count else {
                return index == 0 || isWanted(message) ? .incomplete : finish(message)
            }
            guard bytes[index] == 0x16, bytes[index + 1] == 3 else { return finish(message) }
            let length = Int(bytes[index + 3]) << 8 | Int(bytes[index + 4])
            let end = min(index + 5 + length, bytes.count)
            for place in index + 5..<max(end, index + 5) { message.append(bytes[place]) }
            guard isWanted(message) else { return finish(message) }
            guard index + 5 + length <= bytes.count else {
                return bytes.count < limit ? .incomplete : .hello(ClientHello())
            }
            guard length > 0 else { return .hello(ClientHello()) }
            index += 5 + length
        }
    }

    /// Whether more of the message has to come.
    private static func isWanted(_ message: [UInt8]) -> Bool {
        guard message.count >= 4 else { return true }
        return message.count < 4 + (Int(message[1]) << 16 | Int(message[2]) << 8 | Int(message[3]))
    }

    private static func finish(_ message: [UInt8]) -> Verdict {
        guard message.count >= 4, message[0] == 1 else { return .hello(ClientHello()) }
        let length = Int(message[1]) << 16 | Int(message[2]) << 8 | Int(message[3])
        var reader = ByteReader(message.dropFirst(4).prefix(length))
        var hello = ClientHello()
        hello.read(&reader)
        return .hello(hello)
    }

    private mutating func read(_ reader: inout ByteReader) {
        // Version and random, session identifier, cipher suites, compression methods.
        guard reader.take(34) != nil, reader.vector(1) != nil, reader.vector(2) != nil, reader.vector(1) != nil,
            var extensions = reader.vector(2)
        else { return }
        while let type = extensions.number(2), var content = extensions.vector(2) {
            switch type {
            case 0:
                guard var list = content.vector(2), list.number(1) == 0, let name = list.vector(2) else { continue }
                serverName = String(decoding: name.rest, as: UTF8.self).lowercased()
            case 16:
                guard var list = content.vector(2) else { continue }
                while let name = list.vector(1), applicationProtocols.count < 32 {
                    applicationProtocols.append(String(decoding: name.rest, as: UTF8.self))
                }
            default:
                continue
            }
        }
    }
}
