import HTTP1

extension RequestHead {
    /// Where the value of the first cookie of a name stands (RFC 6265 section 4.2.1), without quotes around it.
    func cookie(_ name: [UInt8], _ bytes: Span<UInt8>) -> Range<Int>? {
        for field in section.fields where field.known == .cookie {
            let value = field.value.offsets
            var start = value.lowerBound
            while start < value.upperBound {
                while start < value.upperBound, bytes[start] == 0x20 || bytes[start] == 0x3B { start += 1 }
                var stop = start
                while stop < value.upperBound, bytes[stop] != 0x3B { stop += 1 }
                let sign = start + name.count
                if sign < stop, bytes[sign] == 0x3D, bytes.has(name, at: start) {
                    let isQuoted = stop - sign > 2 && bytes[sign + 1] == 0x22 && bytes[stop - 1] == 0x22
                    return isQuoted ? (sign + 2)..<(stop - 1) : (sign + 1)..<stop
                }
                start = stop
            }
        }
        return nil
    }
}
