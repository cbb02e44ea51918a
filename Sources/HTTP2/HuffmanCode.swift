/// The Huffman code of HPACK (RFC 7541 appendix B), read four bits at a time.
///
/// The code is canonical: it follows from the lengths of its words, of which the shorter come first and equal ones in
/// the order of what they stand for.
struct HuffmanCode: Sendable {
    /// What four more bits lead to.
    private struct Step {
        var next: UInt8 = 0
        var symbol: UInt8 = 0
        var emits = false
        var isValid = true
    }

    /// The code, made once.
    static let standard = HuffmanCode()

    /// Sixteen steps for each inner node of the tree, of which there are 256.
    private let steps: [Step]
    /// Whether a string may end at a node: behind at most seven bits that are all set.
    private let mayEnd: [Bool]

    private init() {
        var children = [(Int, Int)](repeating: (0, 0), count: 1)
        var code: UInt32 = 0
        var length = 0
        let order = Self.lengths.indices.sorted { (Self.lengths[$0], $0) < (Self.lengths[$1], $1) }
        // Leaves are negative, so that 0 can mean that there is nothing yet.
        for symbol in order {
            let bits = Int(Self.lengths[symbol])
            code <<= UInt32(bits - length)
            length = bits
            var node = 0
            for bit in stride(from: bits - 1, through: 0, by: -1) {
                let isSet = code >> UInt32(bit) & 1 == 1
                var child = isSet ? children[node].1 : children[node].0
                if child == 0 {
                    if bit == 0 {
                        child = -1 - symbol
                    } else {
                        child = children.count
                        children.append((0, 0))
                    }
                    if isSet { children[node].1 = child } else { children[node].0 = child }
                }
                node = child
            }
            code += 1
        }
        (steps, mayEnd) = Self.tables(children)
    }

    private static func tables(_ children: [(Int, Int)]) -> ([Step], [Bool]) {
        var steps: [Step] = []
        for start in children.indices {
            for bits in 0..<16 {
                var step = Step()
                var node = start
                for bit in [8, 4, 2, 1] {
                    node = bits & bit == 0 ? children[node].0 : children[node].1
                    guard node < 0 else { continue }
                    let symbol = -1 - node
                    // The word that stands for the end is none of a string's.
                    if symbol > 255 { step.isValid = false }
                    step.symbol = UInt8(truncatingIfNeeded: symbol)
                    step.emits = true
                    node = 0
                }
                step.next = UInt8(truncatingIfNeeded: node)
                steps.append(step)
            }
        }
        var mayEnd = [Bool](repeating: false, count: children.count)
        var node = 0
        for _ in 0...7 where node >= 0 {
            mayEnd[node] = true
            node = children[node].1
        }
        return (steps, mayEnd)
    }

    /// Appends what `bytes` stand for.
    ///
    /// - Returns: False when they are not in the code, or end in the middle of a word.
    func decode(_ bytes: Span<UInt8>, into out: inout [UInt8]) -> Bool {
        var node = 0
        for index in 0..<bytes.count {
            let byte = bytes[index]
            let first = steps[node << 4 | Int(byte >> 4)]
            if first.emits { out.append(first.symbol) }
            let second = steps[Int(first.next) << 4 | Int(byte & 0xF)]
            if second.emits { out.append(second.symbol) }
            guard first.isValid, second.isValid else { return false }
            node = Int(second.next)
        }
        return mayEnd[node]
    }

    /// Bits of the word of each byte, and last of the end.
    private static let lengths: [UInt8] = [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ]
}
