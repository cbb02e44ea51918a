import SidecarCatalog
import Testing

@Suite("CalendarDate")
struct CalendarDateTests {
    @Test(
        "exactly YYYY-MM-DD is read",
        arguments: ["0001-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "2027-06-01", "9999-12-31"]
    )
    func reads(_ text: String) {
        #expect(CalendarDate(text)?.description == text)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "2027", "2027-6-1", "2027-06-1", "27-06-01", "2027/06/01", "2027-06-01T00:00:00Z", " 2027-06-01",
            "2027-00-01", "2027-13-01", "2027-06-00", "2027-06-31", "2027-02-29", "1900-02-29", "0000-01-01",
            "+027-06-01", "２０２７-06-01", "2027-06--1", "20270601",
        ]
    )
    func refuses(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test(
        "days are counted from 1970",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2026-01-01", 20_454),
            ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ]
    )
    func days(_ text: String, _ days: Int) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.daysSinceEpoch == days)
        #expect(CalendarDate(daysSinceEpoch: days) == date)
    }

    @Test("every day follows the day before it, over all rules of leap years")
    func sequence() throws {
        let first = try #require(CalendarDate("1899-12-31")).daysSinceEpoch
        var previous = try #require(CalendarDate(daysSinceEpoch: first))
        for day in (first + 1)...(first + 150_000) {
            let date = try #require(CalendarDate(daysSinceEpoch: day))
            #expect(date > previous && date.daysSinceEpoch == day)
            #expect(CalendarDate(date.description) == date)
            previous = date
        }
        #expect(previous.description == "2310-09-08")
    }

    @Test("dates are added and subtracted, and end with the calendar")
    func arithmetic() throws {
        let date = try #require(CalendarDate("2027-12-31"))
        #expect(date.adding(days: 60)?.description == "2028-02-29")
        #expect(date.adding(days: -365)?.description == "2026-12-31")
        #expect(date.adding(days: .max) == nil && date.adding(days: .min) == nil)
        #expect(CalendarDate(daysSinceEpoch: 2_932_897) == nil && CalendarDate(daysSinceEpoch: -719_163) == nil)
        #expect(try date.days(until: #require(CalendarDate("2028-01-02"))) == 2)
        #expect(try date.days(until: #require(CalendarDate("2027-12-30"))) == -1)
    }
}
