@testable import NameResolution
@testable import SidecarProxy

/// The first bytes of a connection: once they are judged, more of them change nothing.
struct HelloTarget: FuzzTarget {
    static let name = "hello"

    func run(_ input: [UInt8]) {
        var decided: ClientHello.Verdict?
        var count = 0
        var cuts = Cuts(seed: input.last ?? 0)
        repeat {
            let bytes = Array(input.prefix(count))
            let verdict = ClientHello.judge(bytes.span)
            if let decided {
                require(verdict == decided, "\(decided) became \(verdict) after \(count) bytes")
            } else if verdict != .incomplete {
                decided = verdict
            }
            guard count < input.count else { break }
            count = cuts.end(from: count, of: input.count)
        } while true
        if case .hello(let hello)? = decided {
            require(hello.applicationProtocols.count <= 32, "too many protocols")
        }
    }
}

/// Answers of name servers.
struct DNSTarget: FuzzTarget {
    static let name = "dns"

    func run(_ input: [UInt8]) {
        for type in [RecordType.a, .aaaa] {
            guard let message = DNSMessage(input, type: type) else { continue }
            require(message.addresses.count <= 1024, "\(message.addresses.count) addresses")
            require(message.addresses.allSatisfy { $0.isIPv6 == (type == .aaaa) }, "an address of another kind")
        }
    }
}
