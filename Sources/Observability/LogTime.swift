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
        let date =
            unsafe "\(pad(Int(parts.tm_year) + 1900, 4))-\(pad(Int(parts.tm_mon) + 1))-\(pad(Int(parts.tm_mday)))"
        let time = unsafe "\(pad(Int(parts.tm_hour))):\(pad(Int(parts.tm_min))):\(pad(Int(parts.tm_sec)))"
        return "\(date)T\(time).\(pad(milliseconds, 3))Z"
    }

    private static func pad(_ number: Int, _ width: Int = 2) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
