extension RequestHead {
    /// Has the header at `index` go no further; one that decides about framing cannot be dropped.
    public mutating func drop(_ index: Int) { section.drop(index) }
}

extension ResponseHead {
    /// Has the header at `index` go no further; one that decides about framing cannot be dropped.
    public mutating func drop(_ index: Int) { section.drop(index) }
}

extension FieldSection {
    mutating func drop(_ index: Int) {
        guard fields.indices.contains(index), fields[index].known != .contentLength else { return }
        fields[index].isDropped = true
    }
}
