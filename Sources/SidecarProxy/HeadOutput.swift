import NIOCore

/// Puts the pieces of a head behind one another, into room that was reckoned up beforehand.
///
/// A buffer asks at every piece whether its memory is shared and large enough; here that is asked once a head. A piece
/// beyond the room is left out and noted, so a wrong reckoning costs another attempt and never a byte too many.
@safe
struct HeadOutput: ~Copyable {
    // Safety: `capacity` bytes behind it may be written, for as long as the value lives; only `writeHead` makes one.
    private let memory: UnsafeMutableRawPointer
    private let capacity: Int
    /// The number of bytes so far.
    private(set) var count = 0
    /// Whether a piece had no room.
    private(set) var hasOverflowed = false

    fileprivate init(_ memory: UnsafeMutableRawPointer, capacity: Int) {
        unsafe self.memory = unsafe memory
        self.capacity = capacity
    }

    /// Puts fixed text.
    @inline(__always)
    mutating func put(_ text: StaticString) {
        // Safety: a static string of more than one scalar has storage for as long as the program runs.
        unsafe put(text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Puts bytes.
    @inline(__always)
    mutating func put(_ bytes: RawSpan) {
        // Safety: the pointer is used inside the closure only.
        unsafe bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe put(start, bytes.count)
        }
    }

    /// Puts bytes.
    mutating func put(_ bytes: [UInt8]) {
        // Safety: the pointer is used inside the closure only.
        unsafe bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe put(start, bytes.count)
        }
    }

    /// Puts text as UTF-8.
    mutating func put(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            // Safety: the pointer is used inside the closure only.
            unsafe put(start, bytes.count)
        }
    }

    /// Puts a number that is not negative, in decimal.
    mutating func put(decimal number: Int) {
        var word: UInt64 = 0
        var length = 0
        var rest = min(max(number, 0), 99_999_999)
        repeat {
            word = word << 8 | UInt64(0x30 + rest % 10)
            rest /= 10
            length += 1
        } while rest > 0
        put(word: word, length)
    }

    /// Puts the `length` lowest bytes of `word`, at most eight, lowest first.
    @inline(__always)
    mutating func put(word: UInt64, _ length: Int) {
        guard capacity &- count >= 8, length <= 8 else {
            hasOverflowed = true
            return
        }
        // Safety: eight bytes from `count` on lie within `capacity`.
        unsafe memory.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
        count &+= length
    }

    @inline(__always)
    private mutating func put(_ start: UnsafeRawPointer, _ length: Int) {
        guard length <= capacity &- count else {
            hasOverflowed = true
            return
        }
        // Safety: the guard keeps the copy within `capacity`; the caller's memory is another one.
        unsafe (memory + count).copyMemory(from: start, byteCount: length)
        count &+= length
    }
}

extension ByteBuffer {
    /// Appends what `body` puts out.
    ///
    /// - Parameters:
    ///   - room: How many bytes that will be at most; where it is more, `body` is asked again with twice the room.
    ///   - body: Puts out a head, or a part of one.
    @inline(__always)
    mutating func writeHead(room: Int, _ body: (inout HeadOutput) -> Void) {
        // The last word of a head may need eight bytes of room for fewer of its own.
        var room = max(room, 0) + 8
        while true {
            var hasOverflowed = false
            // Safety: the memory is the buffer's own, of this size, and the output ends with the closure.
            unsafe writeWithUnsafeMutableBytes(minimumWritableBytes: room) { memory in
                guard let start = memory.baseAddress else { return 0 }
                var output = unsafe HeadOutput(start, capacity: memory.count)
                body(&output)
                hasOverflowed = output.hasOverflowed
                return hasOverflowed ? 0 : output.count
            }
            guard hasOverflowed else { return }
            room *= 2
        }
    }
}
