/// A string hashed and compared by its UTF-8 bytes, for use as a dictionary key.
struct ByteString: Hashable {
    private let string: String

    init(_ string: String) {
        self.string = string
    }

    static func == (left: ByteString, right: ByteString) -> Bool {
        left.string.hasSameBytes(as: right.string)
    }

    func hash(into hasher: inout Hasher) {
        string.hashBytes(into: &hasher)
    }
}
