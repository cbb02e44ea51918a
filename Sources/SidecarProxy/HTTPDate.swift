import Glibc

/// The date format of HTTP (RFC 9110 section 5.6.7), and that of JSON.
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970.
    static func now() -> Int {
        time(nil)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` for seconds since 1970, not negative.
    static func text(_ seconds: Int) -> String {
        let date = civil(seconds / 86_400)
        let name = days[seconds / 86_400 % 7]
        return "\(name), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(clock(seconds)) GMT"
    }

    /// `1994-11-06T08:49:37Z` for seconds since 1970 (RFC 3339); those before are taken for 1970's first.
    static func timestamp(_ seconds: Int) -> String {
        let seconds = max(0, seconds)
        let date = civil(seconds / 86_400)
        return "\(date.year)-\(two(date.month))-\(two(date.day))T\(clock(seconds))Z"
    }

    private static func clock(_ seconds: Int) -> String {
        let rest = seconds % 86_400
        return "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    }

    /// The civil date of a day since 1970: eras of 400 years, years that begin in March.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
