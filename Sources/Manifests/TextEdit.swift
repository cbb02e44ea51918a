/// The replacement of a range of a text.
struct TextEdit {
    /// The bytes that go; empty for an insertion.
    let range: Range<Int>
    /// What stands there instead.
    let text: [UInt8]

    /// The bytes `whole` of a text with edits applied.
    ///
    /// Edits of one place keep their order. Of removals that overlap the union goes.
    ///
    /// - Returns: The text; nil when something is inserted where something else is removed, or outside `whole`.
    static func apply(_ edits: [TextEdit], to bytes: [UInt8], in whole: Range<Int>) -> [UInt8]? {
        let ordered = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        var output: [UInt8] = []
        var position = whole.lowerBound
        for edit in ordered.map(\.element) {
            guard edit.range.upperBound <= whole.upperBound, whole.lowerBound <= edit.range.lowerBound,
                edit.range.lowerBound >= position || edit.text.isEmpty
            else { return nil }
            if edit.range.lowerBound > position { output += bytes[position..<edit.range.lowerBound] }
            output += edit.text
            position = max(position, edit.range.upperBound)
        }
        return output + bytes[position..<whole.upperBound]
    }
}
