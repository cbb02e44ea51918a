import HTTP1

extension HTTPRefusal {
    /// The refusal of bytes that the codec does not take.
    init(_ error: HTTP1Error) {
        let code: Code =
            switch error.code {
            case .unsupportedVersion: .badVersion
            case .methodNotAllowed: .methodNotAllowed
            case .invalidTarget, .fragmentInTarget: .badTarget
            case .tooManyFields, .headTooLarge: .headTooLarge
            case .missingHost, .repeatedHost, .invalidHost: .badHost
            case .invalidContentLength, .repeatedContentLength, .lengthAndTransferEncoding, .unknownTransferCoding,
                .repeatedChunked, .malformedTransferEncoding, .transferEncodingOnHTTP10, .invalidChunkSize,
                .chunkLineTooLong, .malformedChunkEnd:
                .badFraming
            case .unknownExpectation: .badExpectation
            case .malformedRequestLine, .malformedStatusLine, .bareLineFeed, .bareCarriageReturn, .controlByte,
                .obsoleteFold, .missingColon, .invalidFieldName, .malformedConnection, .protectedConnectionOption,
                .unexpectedSwitch, .tooManyInterimResponses:
                .malformed
            }
        self.init(code, "The bytes are not an HTTP/1.1 request that is served here: \(error.reason).")
    }
}
