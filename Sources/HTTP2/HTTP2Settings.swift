import NIOCore

/// What a side of a connection allows (RFC 9113 section 6.5.2).
public struct HTTP2Settings: Sendable {
    /// Streams that the peer may have open at once.
    public var maxConcurrentStreams = Int(UInt32.max)
    /// Bytes of a stream that may be sent before more are asked for.
    public var initialWindowSize = 65_535
    /// The most bytes of a frame's content.
    public var maxFrameSize = 16_384
    /// What a header list may count; only told, never heeded.
    public var maxHeaderListSize = Int(UInt32.max)
    /// The size of the table of header fields that whoever sends them may use.
    public var headerTableSize = 4096

    /// Makes the settings that hold until others have come.
    public init() {}

    private enum Parameter {
        static let headerTableSize: UInt16 = 1
        static let enablePush: UInt16 = 2
        static let maxConcurrentStreams: UInt16 = 3
        static let initialWindowSize: UInt16 = 4
        static let maxFrameSize: UInt16 = 5
        static let maxHeaderListSize: UInt16 = 6
    }

    /// Takes the values of a SETTINGS frame; from a server, which may not offer push (RFC 9113 section 6.5.2), or not.
    mutating func take(_ payload: ByteBuffer, fromServer: Bool) throws(HTTP2Fault) {
        var payload = payload
        while let (parameter, value) = payload.readMultipleIntegers(as: (UInt16, UInt32).self) {
            switch parameter {
            case Parameter.headerTableSize: headerTableSize = Int(value)
            case Parameter.enablePush:
                guard value <= (fromServer ? 0 : 1) else { throw HTTP2Fault(.protocolError) }
            case Parameter.maxConcurrentStreams: maxConcurrentStreams = Int(value)
            case Parameter.initialWindowSize:
                guard value <= Int32.max else { throw HTTP2Fault(.flowControlError) }
                initialWindowSize = Int(value)
            case Parameter.maxFrameSize:
                guard (16_384...16_777_215).contains(value) else { throw HTTP2Fault(.protocolError) }
                maxFrameSize = Int(value)
            case Parameter.maxHeaderListSize: maxHeaderListSize = Int(value)
            default: break
            }
        }
    }

    /// Writes a SETTINGS frame with what differs from the values that hold without one.
    func write(refusingPush: Bool, to out: inout ByteBuffer) {
        let usual = HTTP2Settings()
        var values: [(UInt16, Int)] = []
        if refusingPush { values.append((Parameter.enablePush, 0)) }
        if headerTableSize != usual.headerTableSize { values.append((Parameter.headerTableSize, headerTableSize)) }
        if maxConcurrentStreams != usual.maxConcurrentStreams {
            values.append((Parameter.maxConcurrentStreams, maxConcurrentStreams))
        }
        if initialWindowSize != usual.initialWindowSize {
            values.append((Parameter.initialWindowSize, initialWindowSize))
        }
        if maxHeaderListSize != usual.maxHeaderListSize {
            values.append((Parameter.maxHeaderListSize, maxHeaderListSize))
        }
        HTTP2FrameHeader(HTTP2FrameHeader.Kind.settings, length: values.count * 6, stream: 0).write(to: &out)
        for (parameter, value) in values {
            out.writeInteger(parameter)
            out.writeInteger(UInt32(truncatingIfNeeded: value))
        }
    }
}
