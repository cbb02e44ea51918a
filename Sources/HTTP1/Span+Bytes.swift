extension Span<UInt8> {
    /// Whether the bytes from `start` to `end` are `name`, which is in lower case, in any case of letters.
    ///
    /// Only letters fold: `name` holds letters, digits, `-` and `_`, and `|0x20` maps no other byte onto a letter
    /// that is not its own upper case; `-` and `_` and digits are compared exactly.
    @inline(__always)
    func equalsIgnoringCase(_ name: StaticString, _ start: Int, _ end: Int) -> Bool {
        guard start >= 0, end <= count, end - start == name.utf8CodeUnitCount else { return false }
        // Safety: the guard keeps `start + offset` inside the span and `offset` inside the static string, whose
        // storage lives as long as the program.
        let expected = unsafe name.utf8Start
        for offset in 0..<name.utf8CodeUnitCount {
            let byte = unsafe self[unchecked: start &+ offset]
            let wanted = unsafe expected[offset]
            guard byte == wanted || (wanted &- 0x61 < 26 && byte | 0x20 == wanted) else { return false }
        }
        return true
    }

    /// Whether two stretches of bytes are the same name in any case of letters.
    func equalsIgnoringCase(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count, left.lowerBound >= 0, right.lowerBound >= 0, left.upperBound <= count,
            right.upperBound <= count
        else { return false }
        for offset in 0..<left.count {
            let one = self[left.lowerBound + offset]
            let other = self[right.lowerBound + offset]
            guard one == other || (one | 0x20 == other | 0x20 && (one | 0x20) &- 0x61 < 26) else { return false }
        }
        return true
    }

    /// The byte at `index`, or nil outside the span.
    @inline(__always)
    func byte(at index: Int) -> UInt8? {
        guard index >= 0, index < count else { return nil }
        // Safety: the guard has checked the bounds.
        return unsafe self[unchecked: index]
    }

    /// The first offset from `start` on, in steps of eight, behind which a byte may be no plain text of a value.
    ///
    /// Plain text is what a value may have but HTAB: everything from SP on, without DEL.
    @inline(__always)
    func skippingPlainText(from start: Int, to end: Int) -> Int {
        guard start >= 0, end <= count else { return start }
        var index = start
        while index &+ 8 <= end {
            // Safety: the eight bytes lie before `end`, which is at most `count`.
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            // The highest bit of a byte becomes set where the subtraction borrows: below SP, and where DEL became zero.
            // A borrow from a byte below can only make a neighbour seem suspicious, never plain.
            let isControl = (word &- 0x2020_2020_2020_2020) & ~word
            let rest = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let isDelete = (rest &- 0x0101_0101_0101_0101) & ~rest
            guard (isControl | isDelete) & 0x8080_8080_8080_8080 == 0 else { return index }
            index &+= 8
        }
        return index
    }

    /// The first LF from `start` on, or nil.
    func firstLineFeed(from start: Int) -> Int? {
        var index = Swift.max(0, start)
        while index < count {
            // Safety: `index` lies in 0..<count.
            if unsafe self[unchecked: index] == ByteClass.lineFeed { return index }
            index &+= 1
        }
        return nil
    }
}

extension Span<UInt8> {
    /// Whether the bytes from `start` to `end` are exactly `text`.
    @inline(__always)
    func equals(_ text: StaticString, _ start: Int, _ end: Int) -> Bool {
        guard start >= 0, end <= count, end - start == text.utf8CodeUnitCount else { return false }
        // Safety: the guard keeps both indices in their bounds; a static string lives as long as the program.
        let expected = unsafe text.utf8Start
        for offset in 0..<text.utf8CodeUnitCount {
            guard unsafe self[unchecked: start &+ offset] == expected[offset] else { return false }
        }
        return true
    }
}
