/// Why a stream or a connection ended (RFC 9113 section 7).
public struct HTTP2ErrorCode: RawRepresentable, Sendable, Equatable {
    /// The number on the wire; unknown ones are kept.
    public let rawValue: UInt32

    /// Makes a code, known or not.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Nothing is wrong.
    public static let noError = HTTP2ErrorCode(rawValue: 0x0)
    /// The peer broke the protocol, in no way that has a code of its own.
    public static let protocolError = HTTP2ErrorCode(rawValue: 0x1)
    /// Something unexpected happened on this side.
    public static let internalError = HTTP2ErrorCode(rawValue: 0x2)
    /// More data came than the windows allow.
    public static let flowControlError = HTTP2ErrorCode(rawValue: 0x3)
    /// A frame came for a stream that has ended.
    public static let streamClosed = HTTP2ErrorCode(rawValue: 0x5)
    /// A frame's length is not valid.
    public static let frameSizeError = HTTP2ErrorCode(rawValue: 0x6)
    /// The stream was not processed at all.
    public static let refusedStream = HTTP2ErrorCode(rawValue: 0x7)
    /// The stream is not wanted any more.
    public static let cancel = HTTP2ErrorCode(rawValue: 0x8)
    /// A header block cannot be read.
    public static let compressionError = HTTP2ErrorCode(rawValue: 0x9)
    /// The peer makes too much work.
    public static let enhanceYourCalm = HTTP2ErrorCode(rawValue: 0xB)
}

/// What ends a connection.
struct HTTP2Fault: Error {
    let code: HTTP2ErrorCode

    init(_ code: HTTP2ErrorCode) {
        self.code = code
    }
}
