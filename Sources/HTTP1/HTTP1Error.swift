/// Why bytes were refused as HTTP/1.1.
///
/// Equal by ``code`` and ``location``. The same bytes give the same error however they were cut into reads.
public struct HTTP1Error: Error, Equatable {
    /// What is wrong.
    public let code: HTTP1ErrorCode
    /// The offset of the offending byte: in the head for heads, 0 where no single byte is to blame.
    public let location: Int

    /// A sentence for the person who sent the message.
    public var reason: String { code.reason }

    /// Makes an error.
    @inline(never)
    public init(_ code: HTTP1ErrorCode, at location: Int = 0) {
        self.code = code
        self.location = location
    }
}
