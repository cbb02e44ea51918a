/// Takes the chunked coding off (RFC 9112 section 7.1).
///
///     size --digits--> size --';'--> extension --CR--> sizeLF --LF--> data --> dataCR --> dataLF --> size
///                        '---------------CR---------------'  '--LF after size 0--> trailers --> finished
///
/// Sizes are 1 to 16 hexadecimal digits without sign, prefix or white space; extensions are dropped.
struct ChunkedDecoder: Sendable {
    private enum State: Sendable {
        case size
        case chunkExtension
        case sizeLineFeed
        case data
        case dataCarriageReturn
        case dataLineFeed
        case trailers
        case finished
    }

    /// The trailer lines that may be forwarded.
    private(set) var trailers: [UInt8] = []

    let limits: HTTP1Limits
    private var state = State.size
    private var size = 0
    private var digits = 0
    private var extensionBytes = 0
    private var section = TrailerSection()

    init(limits: HTTP1Limits) {
        self.limits = limits
    }

    /// Whether nothing has been read yet.
    private(set) var isFresh = true

    /// Reads on from `cursor`; see ``BodyDecoder/next(_:at:)``.
    mutating func next(_ bytes: Span<UInt8>, at cursor: inout Int) throws(HTTP1Error) -> BodyDecoder.Step {
        isFresh = false
        while let byte = bytes.byte(at: cursor) {
            switch state {
            case .data:
                let count = min(size, bytes.count - cursor)
                size -= count
                if size == 0 { state = .dataCarriageReturn }
                defer { cursor += count }
                return .data(cursor..<cursor + count)
            case .trailers:
                guard try section.append(byte, limits: limits, at: cursor) else { break }
                trailers = section.forwardable
                cursor += 1
                state = .finished
                return .finished
            case .finished:
                return .finished
            case .size, .chunkExtension, .sizeLineFeed, .dataCarriageReturn, .dataLineFeed:
                try framing(byte, at: cursor)
            }
            cursor += 1
        }
        return state == .finished ? .finished : .needsMore
    }

    private mutating func framing(_ byte: UInt8, at cursor: Int) throws(HTTP1Error) {
        switch state {
        case .size:
            try sizeByte(byte, at: cursor)
        case .chunkExtension:
            try extensionByte(byte, at: cursor)
        case .sizeLineFeed:
            guard byte == ByteClass.lineFeed else { throw HTTP1Error(.bareCarriageReturn, at: cursor) }
            state = size == 0 ? .trailers : .data
            digits = 0
            extensionBytes = 0
        case .dataCarriageReturn:
            guard byte == ByteClass.carriageReturn else { throw HTTP1Error(.malformedChunkEnd, at: cursor) }
            state = .dataLineFeed
        case .dataLineFeed:
            guard byte == ByteClass.lineFeed else { throw HTTP1Error(.malformedChunkEnd, at: cursor) }
            state = .size
        case .data, .trailers, .finished:
            break
        }
    }

    private mutating func sizeByte(_ byte: UInt8, at cursor: Int) throws(HTTP1Error) {
        if let digit = ByteClass.hexadecimal(byte) {
            // Sixteen digits at most, and fifteen significant ones always fit into Int.
            guard digits < 16, size <= Int.max >> 4 else { throw HTTP1Error(.invalidChunkSize, at: cursor) }
            size = size << 4 | digit
            digits += 1
            return
        }
        guard digits > 0 else { throw HTTP1Error(.invalidChunkSize, at: cursor) }
        switch byte {
        case ByteClass.carriageReturn: state = .sizeLineFeed
        case ByteClass.semicolon: state = .chunkExtension
        case ByteClass.lineFeed: throw HTTP1Error(.bareLineFeed, at: cursor)
        default: throw HTTP1Error(.invalidChunkSize, at: cursor)
        }
    }

    private mutating func extensionByte(_ byte: UInt8, at cursor: Int) throws(HTTP1Error) {
        if byte == ByteClass.carriageReturn {
            state = .sizeLineFeed
            return
        }
        guard ByteClass.isFieldContent(byte) else { throw FieldLineParser.fault(byte, at: cursor) }
        extensionBytes += 1
        guard extensionBytes <= limits.chunkExtensionBytes else {
            throw HTTP1Error(.chunkLineTooLong, at: cursor)
        }
    }
}
