/// The ways in which a message can break the rules of RFC 9110 and RFC 9112 as this codec applies them.
public enum HTTP1ErrorCode: String, Sendable, CaseIterable {
    case malformedRequestLine
    case malformedStatusLine
    case unsupportedVersion
    case methodNotAllowed
    case invalidTarget
    case fragmentInTarget
    case bareLineFeed
    case bareCarriageReturn
    case controlByte
    case obsoleteFold
    case missingColon
    case invalidFieldName
    case tooManyFields
    case headTooLarge
    case missingHost
    case repeatedHost
    case invalidHost
    case invalidContentLength
    case repeatedContentLength
    case lengthAndTransferEncoding
    case unknownTransferCoding
    case repeatedChunked
    case malformedTransferEncoding
    case transferEncodingOnHTTP10
    case malformedConnection
    case protectedConnectionOption
    case unknownExpectation
    case invalidChunkSize
    case chunkLineTooLong
    case malformedChunkEnd
    case unexpectedSwitch
    case tooManyInterimResponses

    /// The status that answers a request with this fault (RFC 9110 section 15).
    ///
    /// A response with a fault is answered with 502 whatever the code.
    public var requestStatus: Int {
        switch self {
        case .unsupportedVersion: 505
        case .methodNotAllowed: 405
        case .tooManyFields, .headTooLarge: 431
        case .unknownTransferCoding: 501
        case .unknownExpectation: 417
        default: 400
        }
    }

    /// A sentence for the person who sent the message: what is wrong and what is right.
    public var reason: String {
        switch self {
        case .malformedRequestLine: "the request line is not METHOD SP TARGET SP HTTP/1.1"
        case .malformedStatusLine: "the status line is not HTTP/1.1 SP CODE SP REASON"
        case .unsupportedVersion: "only HTTP/1.0 and HTTP/1.1 are spoken here"
        case .methodNotAllowed: "CONNECT and TRACE are not allowed"
        case .invalidTarget: "the request target is neither a path, an absolute http URI nor * for OPTIONS"
        case .fragmentInTarget: "the request target carries a fragment, which is never sent"
        case .bareLineFeed: "a line ends with LF without CR"
        case .bareCarriageReturn: "a CR is not followed by LF"
        case .controlByte: "a control byte stands in the head"
        case .obsoleteFold: "a header is folded over lines (obs-fold)"
        case .missingColon: "a header line has no colon"
        case .invalidFieldName: "a header name holds a byte that is not allowed in names"
        case .tooManyFields: "the message has too many headers"
        case .headTooLarge: "the head is too large"
        case .missingHost: "the Host header is missing"
        case .repeatedHost: "there is more than one Host header"
        case .invalidHost: "the Host header is not a host with an optional port"
        case .invalidContentLength: "Content-Length is not one plain decimal number"
        case .repeatedContentLength: "there is more than one Content-Length"
        case .lengthAndTransferEncoding: "both Content-Length and Transfer-Encoding are present"
        case .unknownTransferCoding: "the only transfer coding known here is chunked"
        case .repeatedChunked: "the chunked coding is applied more than once"
        case .malformedTransferEncoding: "Transfer-Encoding is not a list of codings"
        case .transferEncodingOnHTTP10: "Transfer-Encoding does not exist in HTTP/1.0"
        case .malformedConnection: "Connection is not a list of options"
        case .protectedConnectionOption: "Connection names a header that must not be removed"
        case .unknownExpectation: "the only expectation known here is 100-continue"
        case .invalidChunkSize: "a chunk size is not a plain hexadecimal number"
        case .chunkLineTooLong: "a chunk extension is too long"
        case .malformedChunkEnd: "the data of a chunk is not followed by CR LF"
        case .unexpectedSwitch: "it switches to a protocol that was not asked for"
        case .tooManyInterimResponses: "too many interim responses come before the final one"
        }
    }
}
