extension FieldSection {
    /// Reads what `Content-Length` and `Transfer-Encoding` announce (RFC 9112 section 6).
    ///
    /// - Parameters:
    ///   - bytes: The head.
    ///   - minorVersion: 0 for HTTP/1.0, where transfer codings do not exist.
    /// - Returns: The framing, or nil where neither header is present.
    /// - Throws: When the framing could be read in two ways, or not at all.
    func framing(_ bytes: Span<UInt8>, minorVersion: UInt8) throws(HTTP1Error) -> BodyFraming? {
        guard codings > 0 || lengths > 0 else { return nil }
        guard codings == 0 || lengths == 0 else {
            throw HTTP1Error(.lengthAndTransferEncoding, at: place(of: .transferEncoding))
        }
        guard codings == 0 else {
            guard minorVersion > 0 else {
                throw HTTP1Error(.transferEncodingOnHTTP10, at: place(of: .transferEncoding))
            }
            try checkCodings(bytes)
            return .chunked
        }
        guard lengths == 1, let field = first(.contentLength) else {
            throw HTTP1Error(.repeatedContentLength, at: place(of: .contentLength))
        }
        return .length(try Self.contentLength(bytes, field.value.offsets))
    }

    /// Reads 1*DIGIT; no sign, no list, no hexadecimal, no white space, no overflow.
    private static func contentLength(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(HTTP1Error) -> Int {
        guard !range.isEmpty else { throw HTTP1Error(.invalidContentLength, at: range.lowerBound) }
        var value = 0
        for index in range {
            guard let digit = ByteClass.decimal(bytes[index]) else {
                throw HTTP1Error(.invalidContentLength, at: index)
            }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(digit)
            guard !overflow, !carry else { throw HTTP1Error(.invalidContentLength, at: index) }
            value = sum
        }
        return value
    }

    /// Accepts exactly one coding, `chunked`, over all `Transfer-Encoding` headers.
    private func checkCodings(_ bytes: Span<UInt8>) throws(HTTP1Error) {
        var chunked = 0
        var unknown: Int?
        for field in fields where field.known == .transferEncoding {
            var list = TokenList(field.value.offsets)
            var tokens = 0
            while let token = try list.next(bytes, else: .malformedTransferEncoding) {
                tokens += 1
                if bytes.equalsIgnoringCase("chunked", token.lowerBound, token.upperBound) {
                    chunked += 1
                } else {
                    unknown = unknown ?? token.lowerBound
                }
            }
            guard tokens > 0 else {
                throw HTTP1Error(.malformedTransferEncoding, at: Int(field.value.start))
            }
        }
        if let unknown { throw HTTP1Error(.unknownTransferCoding, at: unknown) }
        guard chunked == 1 else { throw HTTP1Error(.repeatedChunked, at: place(of: .transferEncoding)) }
    }

    private func place(of known: KnownHeader) -> Int {
        first(known).map { Int($0.name.start) } ?? 0
    }
}
