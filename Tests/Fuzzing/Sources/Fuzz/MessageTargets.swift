/// The proxy's reader of requests: what it reads must not depend on where the input is cut.
///
/// The first byte seeds the cuts.
struct RequestTarget: FuzzTarget {
    static let name = "requests"

    func run(_ input: [UInt8]) {
        guard let seed = input.first else { return }
        let bytes = input.dropFirst()
        let whole = MessageStream.read(bytes, seed: nil) { MessageStream(isRequest: true) }
        let cut = MessageStream.read(bytes, seed: seed) { MessageStream(isRequest: true) }
        require(whole == cut, "whole \(whole), cut \(cut)")
    }
}

/// The proxy's reader of responses, to HEAD where the first byte is odd.
struct ResponseTarget: FuzzTarget {
    static let name = "responses"

    func run(_ input: [UInt8]) {
        guard let seed = input.first else { return }
        let bytes = input.dropFirst()
        let isHead = seed & 1 == 1
        let whole = MessageStream.read(bytes, seed: nil) { MessageStream(isRequest: false, isHead: isHead) }
        let cut = MessageStream.read(bytes, seed: seed) { MessageStream(isRequest: false, isHead: isHead) }
        require(whole == cut, "whole \(whole), cut \(cut)")
    }
}

extension MessageStream {
    /// Everything that is read from `bytes`, whole or in pieces.
    static func read(_ bytes: ArraySlice<UInt8>, seed: UInt8?, _ make: () -> Self) -> [String] {
        var stream = make()
        var cuts = Cuts(seed: seed ?? 0)
        var rest = bytes
        while !rest.isEmpty, !stream.isOver {
            let count = seed == nil ? rest.count : cuts.end(from: 0, of: rest.count)
            stream.receive(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        stream.end()
        return stream.events
    }
}
