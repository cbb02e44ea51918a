import Glibc
import Synchronization

/// The value of the Date header field, computed once a second (RFC 9110 section 5.6.7).
final class DateField: Sendable {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let epoch = "Thu, 01 Jan 1970 00:00:00 GMT"
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private let cached = Mutex<(second: time_t, text: String)>((-1, ""))

    /// The value for now.
    var current: String {
        let now = time(nil)
        return cached.withLock { cached in
            if cached.second != now {
                cached = (now, Self.format(now))
            }
            return cached.text
        }
    }

    /// The instant `second` since 1970, as in `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func format(_ second: time_t) -> String {
        var second = second
        // Safety: `tm` points at nothing of ours; `gmtime_r` lets its zone name point at static text.
        var parts = unsafe tm()
        // Safety: `gmtime_r` reads one `time_t` and writes one `tm`, both alive during the call.
        guard unsafe gmtime_r(&second, &parts) != nil else { return epoch }
        let (weekday, month) = unsafe (Int(parts.tm_wday), Int(parts.tm_mon))
        let (day, year) = unsafe (pad(parts.tm_mday), Int(parts.tm_year) + 1900)
        let time = unsafe "\(pad(parts.tm_hour)):\(pad(parts.tm_min)):\(pad(parts.tm_sec))"
        guard days.indices.contains(weekday), months.indices.contains(month) else { return epoch }
        return "\(days[weekday]), \(day) \(months[month]) \(year) \(time) GMT"
    }

    private static func pad(_ number: Int32) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
