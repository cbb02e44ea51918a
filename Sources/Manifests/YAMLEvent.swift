/// One event of libyaml, copied out of its memory.
///
/// Marks count code points from the start of the text (behind a byte order mark).
struct YAMLEvent {
    /// What happened.
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart(isImplicit: Bool)
        case documentEnd(isImplicit: Bool)
        case alias(String)
        case scalar(YAMLScalar)
        case sequenceStart(anchor: String?, tag: String?)
        case sequenceEnd
        case mappingStart(anchor: String?, tag: String?)
        case mappingEnd
    }

    let kind: Kind
    /// The first code point.
    let start: Int
    /// The code point after the last one.
    let end: Int
}
