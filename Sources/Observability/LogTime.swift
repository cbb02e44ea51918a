import Glibc

/// The time of a log line: RFC 3339 in UTC with milliseconds.
enum LogTime {
    /// The time now, such as `2024-02-29T12:34:56.789Z`.
    static var now: String {
        var time = timespec()
        // Safety: the call only writes the struct it is given.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
        return format(seconds: Int(time.tv_sec), milliseconds: Int(time.tv_nsec) / 1_000_000)
    }

    /// The instant `seconds` and `milliseconds` after 1970 began.
    static func format(seconds: Int, milliseconds: Int) -> String {
        var second = time_t(seconds)
        // Safety: `gmtime_r` reads one `time_t` and writes one `tm`, both alive here; the zone name is not read.
        var parts = unsafe tm()
        guard unsafe gmtime_r(&second, &parts) != nil else { return "1970-01-01T00:00:00.000Z" }
        var text: [UInt8] = []
        text.reserveCapacity(24)
        unsafe append(Int(parts.tm_year) + 1900, 4, "-", to: &text)
        unsafe append(Int(parts.tm_mon) + 1, 2, "-", to: &text)
        unsafe append(Int(parts.tm_mday), 2, "T", to: &text)
        unsafe append(Int(parts.tm_hour), 2, ":", to: &text)
        unsafe append(Int(parts.tm_min), 2, ":", to: &text)
        unsafe append(Int(parts.tm_sec), 2, ".", to: &text)
        append(milliseconds, 3, "Z", to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the last `width` digits of a number, and what stands behind them.
    private static func append(_ number: Int, _ width: Int, _ end: Unicode.Scalar, to text: inout [UInt8]) {
        let start = text.count
        text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
        var rest = number.magnitude
        for place in (start..<start + width).reversed() {
            text[place] += UInt8(rest % 10)
            rest /= 10
        }
        text.append(UInt8(ascii: end))
    }
}
