/// A pattern in which `*` stands for any characters, none included; everything else stands for itself.
public struct Glob: Sendable {
    private let parts: [[UInt8]]

    /// Makes a pattern.
    public init(_ pattern: String) {
        parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether all of `text` matches.
    ///
    /// The time is linear in the text for each part of the pattern.
    public func matches(_ text: String) -> Bool {
        guard let first = parts.first, let last = parts.last else { return text.isEmpty }
        let bytes = Array(text.utf8)
        guard parts.count > 1 else { return bytes == first }
        guard bytes.count >= first.count + last.count, bytes.starts(with: first) else { return false }
        guard bytes.suffix(last.count).elementsEqual(last) else { return false }
        var rest = bytes[first.count..<(bytes.count - last.count)]
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let end = Self.end(of: part, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    private static func end(of part: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var start = bytes.startIndex
        while start + part.count <= bytes.endIndex {
            if bytes[start..<(start + part.count)].elementsEqual(part) { return start + part.count }
            start += 1
        }
        return nil
    }
}
