/// Why a header block cannot be read.
enum HPACKFailure: Error {
    /// It breaks the rules of the format.
    case malformed
    /// Its list is larger than what is allowed.
    case tooLarge
}

/// Walks over the bytes of a header block, which every call gets anew.
struct HPACKReader {
    private var index = 0

    /// The next byte, or nil at the end.
    @inline(__always)
    func peek(_ bytes: Span<UInt8>) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Reads an integer whose first byte has `prefix` bits of it (RFC 7541 section 5.1).
    mutating func integer(_ bytes: Span<UInt8>, prefix: Int) throws(HPACKFailure) -> Int {
        guard let first = peek(bytes) else { throw .malformed }
        index += 1
        let mask = UInt8(truncatingIfNeeded: 1 << prefix - 1)
        guard first & mask == mask else { return Int(first & mask) }
        var value = Int(mask)
        // Five more bytes hold whatever is allowed anywhere.
        for shift in stride(from: 0, through: 28, by: 7) {
            guard let byte = peek(bytes) else { throw .malformed }
            index += 1
            value += Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw .malformed
    }

    /// Reads a string (RFC 7541 section 5.2) and appends what it stands for.
    mutating func string(_ bytes: Span<UInt8>, into out: inout [UInt8], limit: Int) throws(HPACKFailure) {
        guard let first = peek(bytes) else { throw .malformed }
        let length = try integer(bytes, prefix: 7)
        guard length <= bytes.count - index else { throw .malformed }
        guard out.count + length <= limit else { throw .tooLarge }
        let content = bytes.extracting(index..<index + length)
        index += length
        if first & 0x80 == 0 {
            out.append(content)
        } else if !HuffmanCode.standard.decode(content, into: &out) {
            throw .malformed
        }
    }
}
