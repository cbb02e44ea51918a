/// Takes numbers and vectors off the front of bytes, as TLS writes them (RFC 8446 section 3).
struct ByteReader {
    /// What has not been taken.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The next `count` bytes, or nil when there are fewer.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// The next number of `count` bytes, most significant first; at most four.
    mutating func number(_ count: Int) -> Int? {
        take(min(count, 4))?.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The next vector, whose length stands before it in `lengthBytes` bytes.
    mutating func vector(_ lengthBytes: Int) -> ByteReader? {
        guard let count = number(lengthBytes) else { return nil }
        return take(count).map { ByteReader($0) }
    }
}
