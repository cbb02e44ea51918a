import JSON

/// Splits a stream of JSON into single objects, holding no more than one of them at a time.
///
/// The elements of the top-level member `items` come one by one, so that a List of any length needs little memory; the
/// object around them comes behind them, with `items` empty. Objects that follow each other come one by one as well.
/// Strings and brackets are looked at, and nothing else: what comes out has to be parsed.
package struct ObjectSplitter {
    /// How many bytes one object may have: more than the API server stores of any (1.5 MiB), or of a Secret.
    package static let maximumObjectBytes = 8 << 20

    /// The text of a complete object.
    package struct Piece {
        /// Its bytes.
        package let text: [UInt8]
        /// The byte of the stream at which it begins, counted from 0.
        package let offset: Int
        /// Whether it is an element of a list, and not what stands around one.
        package let isElement: Bool
    }

    private enum Place {
        /// Between objects.
        case outside
        /// In an object's own members.
        case object
        /// Between the elements of `items`.
        case items
        /// In an element of `items`.
        case item
    }

    private var place = Place.outside
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// The string that began last among an object's own members, as far as it can be a name that matters.
    private var name: [UInt8] = []
    private var isItemsNext = false
    private var needsComma = false
    private var isAfterComma = false
    private var hasItems = false
    private var envelope: [UInt8] = []
    private var item: [UInt8] = []
    /// How many bytes came before the chunk that is being taken, or have come in all.
    package private(set) var byteCount = 0
    /// Where the object and the element that are being taken begin.
    private var starts = (object: 0, element: 0)

    /// Starts before the first byte.
    package init() {}

    /// Takes the next bytes of the stream.
    ///
    /// - Parameters:
    ///   - chunk: Any number of bytes.
    ///   - body: Called with the text of each object that is complete.
    /// - Throws: ``ObjectStreamError``, or what `body` throws.
    package mutating func feed(_ chunk: [UInt8], _ body: (Piece) throws -> Void) throws {
        var start = 0
        while start < chunk.count {
            start = place == .item ? try feedItem(chunk, from: start, body) : try step(chunk[start], start, body)
        }
        byteCount += chunk.count
    }

    /// Takes the end of the stream.
    package func finish() throws(ObjectStreamError) {
        guard place == .outside else {
            throw error(.unexpectedEnd, "the input ends inside an object; was it cut off?", at: 0)
        }
    }

    /// Takes bytes of an element up to its end or that of the chunk, and tells where it went on.
    private mutating func feedItem(_ chunk: [UInt8], from start: Int, _ body: (Piece) throws -> Void) throws -> Int {
        var index = start
        var isComplete = false
        let bytes = chunk.span
        while index < bytes.count, !isComplete {
            let byte = bytes[index]
            index += 1
            if isInString {
                track(inString: byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                isComplete = depth == 2
            default: break
            }
        }
        guard item.count + index - start <= Self.maximumObjectBytes else { throw tooLarge(at: index) }
        item += chunk[start..<index]
        guard isComplete else { return index }
        place = .items
        try body(Piece(text: item, offset: starts.element, isElement: true))
        item.removeAll(keepingCapacity: true)
        return index
    }

    private mutating func step(_ byte: UInt8, _ index: Int, _ body: (Piece) throws -> Void) throws -> Int {
        switch place {
        case .outside:
            if Self.isSpace(byte) || isByteOrderMark(byte, index) { break }
            guard byte == UInt8(ascii: "{") else {
                throw error(.unexpectedByte, "an object was expected, which begins with {", at: index)
            }
            (place, depth, hasItems, isItemsNext) = (.object, 1, false, false)
            starts.object = byteCount + index
            envelope = [byte]
        case .object:
            try stepObject(byte, index, body)
        case .items:
            try stepItems(byte, index)
            if place == .item {
                starts.element = byteCount + index
                return index
            }
        case .item: break
        }
        return index + 1
    }

    private mutating func stepObject(_ byte: UInt8, _ index: Int, _ body: (Piece) throws -> Void) throws {
        guard envelope.count < Self.maximumObjectBytes else { throw tooLarge(at: index) }
        envelope.append(byte)
        if isInString {
            if depth == 1, name.count < 8 { name.append(byte) }
            return track(inString: byte)
        }
        switch byte {
        case UInt8(ascii: "\""):
            isInString = true
            name.removeAll(keepingCapacity: true)
        case UInt8(ascii: ":"):
            isItemsNext = depth == 1 && name == Array("items\"".utf8)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            depth += 1
            guard byte == UInt8(ascii: "["), isItemsNext, depth == 2 else { break }
            guard !hasItems else { throw error(.unexpectedByte, "the list has items twice; remove one", at: index) }
            (place, hasItems, needsComma, isAfterComma) = (.items, true, false, false)
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            depth -= 1
            guard depth == 0 else { break }
            place = .outside
            try body(Piece(text: envelope, offset: starts.object, isElement: false))
        default: break
        }
        if !Self.isSpace(byte), byte != UInt8(ascii: ":") { isItemsNext = false }
    }

    private mutating func stepItems(_ byte: UInt8, _ index: Int) throws(ObjectStreamError) {
        if Self.isSpace(byte) { return }
        switch byte {
        case UInt8(ascii: "{") where !needsComma:
            (place, needsComma, isAfterComma) = (.item, true, false)
        case UInt8(ascii: ",") where needsComma:
            (needsComma, isAfterComma) = (false, true)
        case UInt8(ascii: "]") where !isAfterComma:
            envelope.append(byte)
            depth -= 1
            place = .object
        default:
            throw error(.unexpectedByte, "items is no list of objects here; is the input from kubectl?", at: index)
        }
    }

    private mutating func track(inString byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }

    private func isByteOrderMark(_ byte: UInt8, _ index: Int) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let place = byteCount + index
        return place < mark.count && mark[place] == byte
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private func tooLarge(at index: Int) -> ObjectStreamError {
        error(.tooLarge, "an object has more than \(Self.maximumObjectBytes) bytes, which no pod has", at: index)
    }

    private func error(_ code: ObjectStreamError.Code, _ reason: String, at index: Int) -> ObjectStreamError {
        ObjectStreamError(code: code, reason: reason, offset: byteCount + index)
    }
}
