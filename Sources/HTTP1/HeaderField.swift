/// Where one header lies in its head.
///
/// The bytes stay where they were received: a proxy copies the whole line, so order, letter case and spacing are kept.
public struct HeaderField: Sendable, Equatable {
    /// The name, without the colon.
    ///
    /// The line starts where the name starts.
    public var name: ByteRange
    /// The value, without the white space around it.
    public var value: ByteRange
    /// The offset after the line's CR LF.
    public var lineEnd: UInt16
    /// Which header it is.
    public var known: KnownHeader
    /// Whether the header ends here: hop-by-hop, or named by `Connection`.
    public var isDropped: Bool

    /// The whole line with its CR LF.
    public var line: Range<Int> { Int(name.start)..<max(Int(name.start), Int(lineEnd)) }
}
