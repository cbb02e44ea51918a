/// The proxy's reader of requests: what it reads must not depend on where the input is cut.
///
/// The first byte seeds the cuts.
struct RequestTarget: FuzzTarget {
    static let name = "requests"

    func run(_ input: [UInt8]) {
        guard let seed = input.first else { return }
        let bytes = input.dropFirst()
        let whole = MessageStream.read(bytes, seed: nil) { MessageStream() }
        let cut = MessageStream.read(bytes, seed: seed) { MessageStream() }
        require(whole == cut, "whole \(whole), cut \(cut)")
    }
}

/// The proxy's reader of responses, to HEAD where the first byte is odd.
struct ResponseTarget: FuzzTarget {
    static let name = "responses"

    func run(_ input: [UInt8]) {
        guard let seed = input.first else { return }
        let bytes = input.dropFirst()
        let areHead = [Bool](repeating: seed & 1 == 1, count: bytes.count)
        let whole = MessageStream.read(bytes, seed: nil) { MessageStream(answering: areHead) }
        let cut = MessageStream.read(bytes, seed: seed) { MessageStream(answering: areHead) }
        require(whole == cut, "whole \(whole), cut \(cut)")
    }
}

extension MessageStream {
    /// Everything that is read from `bytes`, whole or in pieces.
    static func read(_ bytes: ArraySlice<UInt8>, seed: UInt8?, _ make: () -> Self) -> [String] {
        read(bytes, seed: seed, with: make()).events
    }

    /// What a reader has become that has read `bytes`, whole or in pieces.
    static func read(_ bytes: ArraySlice<UInt8>, seed: UInt8?, with reader: Self) -> Self {
        var stream = reader
        var cuts = Cuts(seed: seed ?? 0)
        var rest = bytes
        while !rest.isEmpty, !stream.isOver {
            let count = seed == nil ? rest.count : cuts.end(from: 0, of: rest.count)
            stream.receive(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        stream.end()
        return stream
    }
}
