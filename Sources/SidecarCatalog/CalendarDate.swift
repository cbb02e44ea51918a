import Kubernetes

/// A day of the Gregorian calendar, without a time and a time zone (RFC 3339 section 5.6, `full-date`).
///
/// Lifecycles are counted in days, so that a catalog means the same in every time zone that agrees on the date.
public struct CalendarDate: Hashable, Sendable {
    /// The year, 1 to 9999.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// What is allowed, as a phrase for messages.
    public static let allowed = "a date such as 2027-06-01"

    /// Days from 0001-01-01 to 1970-01-01.
    private static let epoch = 719_162
    /// Days in 400, 100 and 4 years, after which the calendar repeats but for the rule of the next longer span.
    private static let (cycle, century, fourYears) = (146_097, 36_524, 1461)
    /// Days before each month of a year that is no leap year.
    private static let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

    /// Makes a date; nil when the calendar does not have it.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        let isLongFebruary = month == 2 && Self.isLeap(year)
        let length = Self.daysBefore[month] - Self.daysBefore[month - 1] + (isLongFebruary ? 1 : 0)
        guard (1...length).contains(day) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Parses exactly `YYYY-MM-DD`; nil when it is anything else or no day.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.joined().utf8.allSatisfy(\.isDigit) else { return nil }
        guard let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date some days after 1970-01-01, or before it; nil when the year is not one of 1 to 9999.
    public init?(daysSinceEpoch days: Int) {
        let (total, overflow) = days.addingReportingOverflow(Self.epoch)
        guard !overflow, (0...3_652_058).contains(total) else { return nil }
        var rest = total % Self.cycle
        // The last day of a long span is the leap day that would begin a fifth one.
        let centuries = min(3, rest / Self.century)
        rest -= centuries * Self.century
        let spans = rest / Self.fourYears
        rest %= Self.fourYears
        let years = min(3, rest / 365)
        rest -= years * 365
        let year = total / Self.cycle * 400 + centuries * 100 + spans * 4 + years + 1
        let month = (1...12).last { Self.days(before: $0, of: year) <= rest } ?? 1
        self.init(year: year, month: month, day: rest - Self.days(before: month, of: year) + 1)
    }

    /// How many days the date is after 1970-01-01; negative before it.
    public var daysSinceEpoch: Int {
        let years = year - 1
        let leapDays = years / 4 - years / 100 + years / 400
        return years * 365 + leapDays + Self.days(before: month, of: year) + day - 1 - Self.epoch
    }

    /// The date some days later, or earlier; nil when the year would not be one of 1 to 9999.
    public func adding(days: Int) -> CalendarDate? {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return overflow ? nil : CalendarDate(daysSinceEpoch: sum)
    }

    /// How many days there are from this date to another; negative when that one is earlier.
    public func days(until other: CalendarDate) -> Int {
        other.daysSinceEpoch - daysSinceEpoch
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    private static func days(before month: Int, of year: Int) -> Int {
        daysBefore[month - 1] + (month > 2 && isLeap(year) ? 1 : 0)
    }
}

extension CalendarDate: Comparable, CustomStringConvertible {
    /// Whether `left` is the earlier day.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// The date as `YYYY-MM-DD`.
    public var description: String {
        func padded(_ number: Int, to width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}
