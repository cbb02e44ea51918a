extension RequestHead {
    /// Takes the end off the authority, such as its port; the line it came from stays as it is.
    public mutating func shortenAuthority(to length: Int) {
        guard length >= 0, length < authority.count else { return }
        authority.end = authority.start + UInt16(length)
        isAuthorityShortened = true
    }

    /// Has the request be like one that asks for no WebSocket.
    public mutating func refuseUpgrade() { wantsWebSocket = false }

    /// Has a header end here, as if it had been named by `Connection`; an index that there is not is passed over.
    public mutating func drop(at index: Int) {
        guard section.fields.indices.contains(index) else { return }
        section.fields[index].isDropped = true
    }
}

extension ResponseHead {
    /// A head without anything.
    public static var empty: ResponseHead { ResponseHead() }

    /// Has a header end here, as if it had been named by `Connection`; an index that there is not is passed over.
    public mutating func drop(at index: Int) {
        guard section.fields.indices.contains(index) else { return }
        section.fields[index].isDropped = true
    }
}
