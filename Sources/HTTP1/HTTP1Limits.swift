/// The sizes beyond which a message is refused.
public struct HTTP1Limits: Sendable, Equatable {
    /// Header fields in one head (or one trailer section); one more is `431 Request Header Fields Too Large`.
    public var fields: Int
    /// Bytes of a head from its first byte to the empty line's LF.
    ///
    /// At most 65,535: places in a head are 16-bit offsets.
    public var headBytes: Int
    /// Bytes of one chunk extension.
    public var chunkExtensionBytes: Int
    /// Bytes of a trailer section.
    public var trailerBytes: Int

    /// Envoy's limits: 100 headers and 60 KiB; extensions of 256 bytes and trailers of 8 KiB.
    public static let standard = HTTP1Limits(fields: 100, headBytes: 60 * 1024)

    /// Makes limits; `headBytes` is cut to 65,535.
    public init(fields: Int, headBytes: Int, chunkExtensionBytes: Int = 256, trailerBytes: Int = 8 * 1024) {
        self.fields = fields
        self.headBytes = min(headBytes, Int(UInt16.max))
        self.chunkExtensionBytes = chunkExtensionBytes
        self.trailerBytes = trailerBytes
    }
}
