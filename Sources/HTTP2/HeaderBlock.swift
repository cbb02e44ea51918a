/// A list of header fields, in one piece of memory that is used again and again.
public struct HeaderBlock: Sendable {
    /// Where a field's name and value stand among the bytes; the value follows its name.
    struct Place {
        let start: Int
        let middle: Int
        let end: Int
    }

    var bytes: [UInt8] = []
    var places: [Place] = []

    /// Makes an empty list.
    public init() {}

    /// The number of fields.
    public var count: Int { places.count }

    /// What the list counts against a limit: each field's bytes and 32 more (RFC 9113 section 6.5.2).
    var size: Int { bytes.count + 32 * places.count }

    /// Calls `body` with the name and the value of each field, in order, until it returns false.
    @inline(__always)
    public func forEach(_ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Bool) {
        let all = bytes.span
        for place in places {
            guard body(all.extracting(place.start..<place.middle), all.extracting(place.middle..<place.end)) else {
                return
            }
        }
    }

    /// Calls `body` with the name and the value of the field at `index`; nil when there is none.
    @inline(__always)
    public func withField<Result>(
        at index: Int,
        _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Result
    ) -> Result? {
        guard places.indices.contains(index) else { return nil }
        let place = places[index]
        let all = bytes.span
        return body(all.extracting(place.start..<place.middle), all.extracting(place.middle..<place.end))
    }

    /// The value of the first field with this name, which is in lower case.
    public func first(_ name: StaticString) -> String? {
        var found: String?
        forEach { candidate, value in
            guard candidate.equals(name) else { return true }
            found = String(decoding: value)
            return false
        }
        return found
    }

    /// Adds a field.
    public mutating func append(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        let start = bytes.count
        bytes.append(name)
        let middle = bytes.count
        bytes.append(value)
        places.append(Place(start: start, middle: middle, end: bytes.count))
    }

    /// Adds a field.
    public mutating func append(_ name: String, _ value: String) {
        append(name.utf8Span.span, value.utf8Span.span)
    }

    /// Takes all fields out and keeps the memory, unless it is much.
    mutating func removeAll() {
        bytes.recycle()
        places.removeAll(keepingCapacity: places.capacity <= 256)
    }
}
