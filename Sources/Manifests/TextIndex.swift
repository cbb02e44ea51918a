import JSON

/// Converts between bytes, code points, lines and columns of one UTF-8 text.
///
/// libyaml counts code points and editors count lines, while an edit needs bytes. For text that is not plain ASCII a
/// checkpoint is kept every 64 code points, so that a conversion walks over few bytes wherever it lands.
struct TextIndex {
    private static let stride = 64

    private let text: [UInt8]
    /// The byte at which the first code point starts (3 behind a byte order mark).
    private let base: Int
    /// The byte of every 64th code point; empty when every code point is one byte.
    private var checkpoints: [Int] = []
    /// The byte at which each line starts.
    private var lineStarts: [Int]

    /// Indexes `text` from the byte `base` on; `text` must be UTF-8.
    init(_ text: [UInt8], base: Int) {
        self.text = text
        self.base = base
        lineStarts = [base]
        let body = text[min(base, text.count)...]
        for (offset, byte) in zip(body.indices, body) where byte == UInt8(ascii: "\n") {
            lineStarts.append(offset + 1)
        }
        guard body.contains(where: { $0 >= 0x80 }) else { return }
        var count = 0
        for (offset, byte) in zip(body.indices, body) where !Self.continues(byte) {
            if count % Self.stride == 0 { checkpoints.append(offset) }
            count += 1
        }
    }

    private static func continues(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }

    /// The byte at which the code point number `character` starts, at most the end of the text.
    func offset(ofCharacter character: Int) -> Int {
        guard !checkpoints.isEmpty else { return min(text.count, base + character) }
        let checkpoint = character / Self.stride
        guard checkpoints.indices.contains(checkpoint) else { return text.count }
        var offset = checkpoints[checkpoint]
        var rest = character % Self.stride
        while offset < text.count, rest > 0 {
            offset += 1
            while offset < text.count, Self.continues(text[offset]) {
                offset += 1
            }
            rest -= 1
        }
        return offset
    }

    /// The line and column of the byte `offset`.
    func position(ofOffset offset: Int) -> SourcePosition {
        let line = Self.last(in: lineStarts, notAfter: offset)
        let start = lineStarts.indices.contains(line) ? lineStarts[line] : base
        let column = characters(before: offset) - characters(before: start)
        return SourcePosition(line: line + 1, column: max(0, column) + 1, offset: offset)
    }

    /// How many code points start before the byte `offset`.
    private func characters(before offset: Int) -> Int {
        guard !checkpoints.isEmpty else { return offset - base }
        let checkpoint = Self.last(in: checkpoints, notAfter: offset)
        guard checkpoints.indices.contains(checkpoint), checkpoints[checkpoint] < offset else {
            return checkpoint * Self.stride
        }
        let between = text[checkpoints[checkpoint]..<min(offset, text.count)]
        return checkpoint * Self.stride + between.count { !Self.continues($0) }
    }

    /// The index of the last element of the ascending `sorted` that is not above `value`, or 0.
    private static func last(in sorted: [Int], notAfter value: Int) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
