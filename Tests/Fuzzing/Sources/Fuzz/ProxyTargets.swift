/// HTTP/1 through the proxy's connection of a client: the statuses must not depend on where the input is cut.
struct ClientTarget: FuzzTarget {
    static let name = "client"
    private let proxy: EmbeddedProxy

    init() throws {
        proxy = try EmbeddedProxy()
    }

    func run(_ input: [UInt8]) {
        guard let seed = input.first else { return }
        let whole = statuses(input.dropFirst(), seed: nil)
        let cut = statuses(input.dropFirst(), seed: seed)
        require(whole == cut, "whole \(whole), cut \(cut)")
    }

    /// The first lines of the answers; none has a body with such a line in it.
    private func statuses(_ bytes: ArraySlice<UInt8>, seed: UInt8?) -> [String] {
        do {
            let answer = String(decoding: try proxy.exchange(bytes, seed: seed, isHTTP2: false), as: UTF8.self)
            // Whoever speaks HTTP/2 gets frames.
            guard answer.hasPrefix("HTTP/1.1 ") || answer.isEmpty else { return ["HTTP/2"] }
            // Interim answers depend on whether the body was there already.
            return answer.split(separator: "\r\n").map(String.init)
                .filter { $0.contains("HTTP/1.1 ") && !$0.contains("HTTP/1.1 100 ") }
        } catch {
            fatalError("client: the scene cannot be set: \(error)")
        }
    }
}

/// HTTP/2 through the proxy's connection of a client.
///
/// The lowest bit of the first byte puts the preface and an empty SETTINGS frame before the input, its other bits seed
/// the cuts.
struct HTTP2Target: FuzzTarget {
    static let name = "http2"
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]
    private let proxy: EmbeddedProxy

    init() throws {
        proxy = try EmbeddedProxy()
    }

    func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let bytes = (first & 1 == 1 ? Self.preface : []) + input.dropFirst()
        do {
            _ = try proxy.exchange(bytes[...], seed: first & 2 == 2 ? nil : first >> 2, isHTTP2: true)
        } catch {
            fatalError("http2: the scene cannot be set: \(error)")
        }
    }
}
