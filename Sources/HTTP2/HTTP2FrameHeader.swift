import NIOCore

/// The nine bytes that every frame begins with (RFC 9113 section 4.1).
struct HTTP2FrameHeader {
    /// The types of frames (RFC 9113 section 6).
    enum Kind {
        static let data: UInt8 = 0
        static let headers: UInt8 = 1
        static let priority: UInt8 = 2
        static let resetStream: UInt8 = 3
        static let settings: UInt8 = 4
        static let pushPromise: UInt8 = 5
        static let ping: UInt8 = 6
        static let goAway: UInt8 = 7
        static let windowUpdate: UInt8 = 8
        static let continuation: UInt8 = 9
    }

    /// The flags of frames; each is only defined for some of them.
    enum Flag {
        static let endStream: UInt8 = 0x1
        static let acknowledgement: UInt8 = 0x1
        static let endHeaders: UInt8 = 0x4
        static let padded: UInt8 = 0x8
        static let priority: UInt8 = 0x20
    }

    /// Its length in bytes.
    static let byteCount = 9
    /// How far behind its beginning the flags stand.
    static let flagsOffset = 4

    /// Bytes of the frame's content.
    var length: Int
    var kind: UInt8
    var flags: UInt8
    /// The stream's identifier, 0 for the connection.
    var stream: UInt32

    /// Makes a header to be written.
    init(_ kind: UInt8, length: Int, flags: UInt8 = 0, stream: UInt32) {
        self.length = length
        self.kind = kind
        self.flags = flags
        self.stream = stream
    }

    /// Reads the header that `buffer` begins with, and leaves it there; nil when it is not complete.
    init?(_ buffer: ByteBuffer) {
        let bytes = buffer.readableBytesUInt8Span
        guard bytes.count >= Self.byteCount else { return nil }
        length = Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])
        kind = bytes[3]
        flags = bytes[4]
        let word = UInt32(bytes[5]) << 24 | UInt32(bytes[6]) << 16 | UInt32(bytes[7]) << 8 | UInt32(bytes[8])
        stream = word & 0x7FFF_FFFF
    }

    /// Whether all bits of `flag` are set.
    func has(_ flag: UInt8) -> Bool { flags & flag == flag }

    /// Appends the header.
    func write(to out: inout ByteBuffer) {
        let start = UInt64(UInt32(truncatingIfNeeded: length)) << 40 | UInt64(kind) << 32
        out.writeMultipleIntegers(
            start | UInt64(flags) << 24 | UInt64(stream >> 8),
            UInt8(truncatingIfNeeded: stream)
        )
    }
}
