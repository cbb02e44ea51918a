import HTTP1
import NIOCore

/// The header fields of a request: places in the bytes they were received in, so that those that nobody asks for cost
/// nothing.
public struct HTTPFields: Sendable {
    private struct Place {
        let name: Range<Int>
        let value: Range<Int>
    }

    private var bytes: ByteBuffer
    private var places: [Place]

    /// Makes fields out of names and values, in this order.
    public init(_ fields: [(name: String, value: String)] = []) {
        bytes = ByteBuffer()
        places = []
        for field in fields {
            let name = bytes.writerIndex..<bytes.writerIndex + bytes.writeString(field.name)
            places.append(
                Place(name: name, value: bytes.writerIndex..<bytes.writerIndex + bytes.writeString(field.value))
            )
        }
    }

    init(_ section: FieldSection, in head: ByteBuffer) {
        bytes = head
        let start = head.readerIndex
        places = section.fields.map { field in
            let (name, value) = (field.name.offsets, field.value.offsets)
            return Place(
                name: start + name.lowerBound..<start + name.upperBound,
                value: start + value.lowerBound..<start + value.upperBound
            )
        }
    }

    /// The value of the first field with this name, in any case of letters; nil when there is none.
    ///
    /// Bytes that are not UTF-8 are replaced by U+FFFD.
    public func first(name: String) -> String? {
        let wanted = name.utf8
        for place in places where place.name.count == wanted.count {
            let found = bytes.viewBytes(at: place.name.lowerBound, length: place.name.count)
            guard let found, zip(found, wanted).allSatisfy({ Self.folded($0) == Self.folded($1) }) else { continue }
            return bytes.getString(at: place.value.lowerBound, length: place.value.count)
        }
        return nil
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
