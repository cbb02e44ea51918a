/// Reads one header line (RFC 9112 section 5) in a single pass over its bytes.
///
/// Stricter than the grammar's leniencies: no obs-fold, no bare LF or CR, no control byte, no white space before the
/// colon. The first offending byte decides the error, so the answer does not depend on how the bytes arrived.
enum FieldLineParser {
    /// What lies at the start of a line.
    enum Outcome {
        /// The line's end has not arrived yet.
        case incomplete
        /// The empty line; the section ends before this offset.
        case end(Int)
        /// A header.
        case field(HeaderField)
    }

    /// Parses the line that starts at `start`.
    ///
    /// - Parameters:
    ///   - bytes: The head so far.
    ///   - start: The offset of the line's first byte.
    ///   - limit: The offset before which the line must end.
    /// - Returns: What the line is.
    /// - Throws: The first fault in byte order.
    @inline(__always)
    static func parse(_ bytes: Span<UInt8>, at start: Int, limit: Int) throws(HTTP1Error) -> Outcome {
        let end = min(bytes.count, limit)
        var index = start
        while index < end {
            // Safety: `index` lies in 0..<bytes.count.
            let byte = unsafe bytes[unchecked: index]
            guard ByteClass.isToken(byte) else { break }
            index &+= 1
        }
        guard index < end else { return try exhausted(bytes, limit) }
        guard index > start, bytes[index] == ByteClass.colon else {
            return try nonField(bytes, at: start, stop: index, limit: limit)
        }
        let nameEnd = index
        index &+= 1
        while index < end, ByteClass.isSpace(bytes[index]) { index &+= 1 }
        let valueStart = index
        index = bytes.skippingPlainText(from: index, to: end)
        while index < end {
            // Safety: `index` lies in 0..<bytes.count.
            let byte = unsafe bytes[unchecked: index]
            guard ByteClass.isFieldContent(byte) else { break }
            index &+= 1
        }
        guard let next = try lineEnd(bytes, at: index, limit: limit) else { return .incomplete }
        var valueEnd = index
        while valueEnd > valueStart, ByteClass.isSpace(bytes[valueEnd &- 1]) { valueEnd &-= 1 }
        let known = KnownHeader(bytes, start, nameEnd)
        return .field(
            HeaderField(
                name: ByteRange(start, nameEnd),
                value: ByteRange(valueStart, valueEnd),
                lineEnd: UInt16(truncatingIfNeeded: next),
                known: known,
                isDropped: known.isHopByHop
            )
        )
    }

    /// Checks that CR LF stands at `index`.
    ///
    /// - Returns: The offset after it, or nil when it has not arrived yet.
    @inline(__always)
    static func lineEnd(_ bytes: Span<UInt8>, at index: Int, limit: Int) throws(HTTP1Error) -> Int? {
        guard index &+ 1 < min(bytes.count, limit) else {
            guard index < min(bytes.count, limit), bytes[index] != ByteClass.carriageReturn else {
                _ = try exhausted(bytes, limit)
                return nil
            }
            throw fault(bytes[index], at: index)
        }
        guard bytes[index] == ByteClass.carriageReturn else { throw fault(bytes[index], at: index) }
        guard bytes[index &+ 1] == ByteClass.lineFeed else { throw HTTP1Error(.bareCarriageReturn, at: index) }
        return index &+ 2
    }

    /// The fault that `byte` is where field content or CR LF was expected.
    static func fault(_ byte: UInt8, at index: Int) -> HTTP1Error {
        switch byte {
        case ByteClass.lineFeed: HTTP1Error(.bareLineFeed, at: index)
        case ByteClass.carriageReturn: HTTP1Error(.bareCarriageReturn, at: index)
        default: HTTP1Error(.controlByte, at: index)
        }
    }

    /// The bytes at hand end within a line: too much if the limit is reached.
    private static func exhausted(_ bytes: Span<UInt8>, _ limit: Int) throws(HTTP1Error) -> Outcome {
        guard bytes.count < limit else { throw HTTP1Error(.headTooLarge, at: limit) }
        return .incomplete
    }

    /// The line is not `name:`; it is the empty line or a fault at `stop`.
    @inline(never)
    private static func nonField(
        _ bytes: Span<UInt8>,
        at start: Int,
        stop: Int,
        limit: Int
    ) throws(HTTP1Error) -> Outcome {
        let byte = bytes[stop]
        guard stop == start else {
            switch byte {
            case ByteClass.carriageReturn:
                guard let _ = try lineEnd(bytes, at: stop, limit: limit) else { return .incomplete }
                throw HTTP1Error(.missingColon, at: stop)
            case ByteClass.lineFeed: throw HTTP1Error(.bareLineFeed, at: stop)
            case 0..<0x20, 0x7F: throw HTTP1Error(byte == ByteClass.tab ? .invalidFieldName : .controlByte, at: stop)
            default: throw HTTP1Error(.invalidFieldName, at: stop)
            }
        }
        switch byte {
        case ByteClass.carriageReturn:
            guard let next = try lineEnd(bytes, at: stop, limit: limit) else { return .incomplete }
            return .end(next)
        case ByteClass.lineFeed: throw HTTP1Error(.bareLineFeed, at: stop)
        case ByteClass.space, ByteClass.tab: throw HTTP1Error(.obsoleteFold, at: stop)
        case 0..<0x20, 0x7F: throw HTTP1Error(.controlByte, at: stop)
        default: throw HTTP1Error(.invalidFieldName, at: stop)
        }
    }
}
