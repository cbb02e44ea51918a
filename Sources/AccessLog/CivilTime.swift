/// A time as calendars and clocks write it, in UTC (proleptic Gregorian).
struct CivilTime: Sendable, Hashable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    let nanosecond: Int
    /// 0 for Sunday.
    let weekday: Int
    /// 1 to 366.
    let dayOfYear: Int
    /// Whole seconds since the beginning of 1970.
    let seconds: Int

    /// Makes the time `nanoseconds` after the beginning of 1970.
    init(nanoseconds: Int64) {
        // Not by way of the seconds, whose nanoseconds may lie before what 64 bits reach.
        let nanosecond = (Int(nanoseconds) % 1_000_000_000 + 1_000_000_000) % 1_000_000_000
        self.init(seconds: Self.floor(Int(nanoseconds), 1_000_000_000), nanosecond: nanosecond)
    }

    /// Makes the time `seconds` after the beginning of 1970, no further from it than a million years, and `nanosecond`
    /// of 0 to 999,999,999.
    init(seconds: Int, nanosecond: Int = 0) {
        let seconds = min(max(seconds, -Self.reach), Self.reach)
        self.seconds = seconds
        self.nanosecond = nanosecond
        let days = Self.floor(seconds, 86_400)
        let rest = seconds - days * 86_400
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
        weekday = ((days + 4) % 7 + 7) % 7
        // Years begin in March here, so that the leap day is the last of a year; eras have 400 years.
        let shifted = days + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let marchDay = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * marchDay + 2) / 153
        day = marchDay - (153 * march + 2) / 5 + 1
        month = march < 10 ? march + 3 : march - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        // The first of March is day 60, or 61 after a leap day.
        dayOfYear = month <= 2 ? marchDay - 305 : marchDay + (isLeap ? 61 : 60)
    }

    /// A million years in seconds.
    private static let reach = 31_556_952_000_000

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number >= 0 ? number / divisor : (number + 1) / divisor - 1
    }
}
