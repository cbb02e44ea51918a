/// Cuts a body into lines that end with LF, CR LF, or the end of the body.
struct LineSplitter {
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private var rest: [UInt8] = []
    private let limit: Int

    /// Makes a splitter that refuses lines of more than `limit` bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// Takes the next bytes and hands on every line that they complete; empty ones are left out.
    ///
    /// - Throws: `responseTooLarge` for a line over the limit.
    mutating func append(_ bytes: [UInt8], _ line: ([UInt8]) -> Void) throws(HTTPClientError) {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: Self.lineFeed) {
            try take(bytes[start..<end])
            finish(line)
            start = end + 1
        }
        try take(bytes[start...])
    }

    /// Hands on what is left at the end of the body.
    mutating func finish(_ line: ([UInt8]) -> Void) {
        var complete = rest
        rest = []
        if complete.last == Self.carriageReturn { complete.removeLast() }
        if !complete.isEmpty { line(complete) }
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) throws(HTTPClientError) {
        guard rest.count + bytes.count <= limit else {
            throw HTTPClientError(.responseTooLarge, "a line of more than \(limit) bytes")
        }
        rest += bytes
    }
}
