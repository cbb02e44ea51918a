/// Walks a comma-separated list of tokens (RFC 9110 section 5.6.1), empty elements skipped.
struct TokenList {
    private var index: Int
    private let end: Int

    /// Starts at the beginning of a header's value.
    init(_ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
    }

    /// The place of the next token, or nil at the end of the list.
    ///
    /// - Throws: `code` at the first byte that is neither token, comma nor white space around a token.
    mutating func next(_ bytes: Span<UInt8>, else code: HTTP1ErrorCode) throws(HTTP1Error) -> Range<Int>? {
        while let byte = byte(bytes), ByteClass.isSpace(byte) || byte == ByteClass.comma { index += 1 }
        guard index < end else { return nil }
        let start = index
        while let byte = byte(bytes), ByteClass.isToken(byte) { index += 1 }
        let stop = index
        guard stop > start else { throw HTTP1Error(code, at: index) }
        while let byte = byte(bytes), ByteClass.isSpace(byte) { index += 1 }
        if let byte = byte(bytes), byte != ByteClass.comma { throw HTTP1Error(code, at: index) }
        return start..<stop
    }

    private func byte(_ bytes: Span<UInt8>) -> UInt8? {
        index < end ? bytes.byte(at: index) : nil
    }
}
