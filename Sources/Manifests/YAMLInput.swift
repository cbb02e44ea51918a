/// The text that libyaml pulls its input from.
///
/// A class, because libyaml keeps a pointer to it for as long as the parser lives.
final class YAMLInput {
    private let bytes: [UInt8]
    private var position: Int

    /// Serves `bytes` from the byte `base` on.
    init(_ bytes: [UInt8], base: Int) {
        self.bytes = bytes
        position = min(base, bytes.count)
    }

    /// Copies the next bytes to `buffer`, which has room for `capacity`, and says how many; zero at the end.
    func read(into buffer: UnsafeMutablePointer<UInt8>, capacity: Int) -> Int {
        let count = min(capacity, bytes.count - position)
        guard count > 0 else { return 0 }
        // Safety: libyaml guarantees room for `capacity` bytes, of which at most that many are written.
        let target = unsafe UnsafeMutableBufferPointer(start: buffer, count: count)
        _ = unsafe target.update(fromContentsOf: bytes[position..<position + count])
        position += count
        return count
    }
}
