import NIOHTTP1

extension HTTPRefusal {
    /// The refusal for an error of the request decoder, or nil for any other error.
    init?(decoding error: any Error) {
        guard let error = error as? HTTPParserError else { return nil }
        switch error {
        case .headerOverflow:
            self.init(.headTooLarge, "The header fields are too long or too many.")
        case .invalidVersion:
            self.init(.badVersion, "Only HTTP/1.1 and HTTP/1.0 are served here.")
        case .invalidContentLength, .unexpectedContentLength:
            self.init(.badFraming, "Content-Length must be given once, as a plain decimal number.")
        case .invalidChunkSize:
            self.init(.badFraming, "A chunk does not begin with its size in hexadecimal digits.")
        case .invalidMethod:
            self.init(.malformed, "The request does not begin with a known HTTP method.")
        case .invalidEOFState:
            self.init(.malformed, "The connection ended in the middle of a request.")
        default:
            self.init(.malformed, "The bytes are not a valid HTTP/1.1 request.")
        }
    }
}
