extension TimeFormat {
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// Writes what strftime writes for `%` and `letter` in the C locale and in UTC.
    static func write(_ letter: UInt8, _ time: CivilTime, _ out: inout [UInt8]) {
        switch letter {
        case UInt8(ascii: "Y"): Decimal.write(time.year, width: 4, into: &out)
        case UInt8(ascii: "y"): Decimal.write(time.year % 100, width: 2, into: &out)
        case UInt8(ascii: "m"): Decimal.write(time.month, width: 2, into: &out)
        case UInt8(ascii: "d"): Decimal.write(time.day, width: 2, into: &out)
        case UInt8(ascii: "e"): writePadded(time.day, &out)
        case UInt8(ascii: "j"): Decimal.write(time.dayOfYear, width: 3, into: &out)
        case UInt8(ascii: "H"): Decimal.write(time.hour, width: 2, into: &out)
        case UInt8(ascii: "I"): Decimal.write((time.hour + 11) % 12 + 1, width: 2, into: &out)
        case UInt8(ascii: "M"): Decimal.write(time.minute, width: 2, into: &out)
        case UInt8(ascii: "S"): Decimal.write(time.second, width: 2, into: &out)
        case UInt8(ascii: "p"): out += time.hour < 12 ? "AM".utf8 : "PM".utf8
        case UInt8(ascii: "b"), UInt8(ascii: "h"): out += months[time.month - 1].utf8.prefix(3)
        case UInt8(ascii: "B"): out += months[time.month - 1].utf8
        case UInt8(ascii: "a"): out += days[time.weekday].utf8.prefix(3)
        case UInt8(ascii: "A"): out += days[time.weekday].utf8
        case UInt8(ascii: "u"): Decimal.write(time.weekday == 0 ? 7 : time.weekday, into: &out)
        case UInt8(ascii: "w"): Decimal.write(time.weekday, into: &out)
        case UInt8(ascii: "s"): Decimal.write(time.seconds, into: &out)
        case UInt8(ascii: "Z"): out += "UTC".utf8
        case UInt8(ascii: "z"): out += "+0000".utf8
        case UInt8(ascii: "n"): out.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): out.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "%"): out.append(UInt8(ascii: "%"))
        default: writeJoined(letter, time, &out)
        }
    }

    /// Those that stand for several others.
    private static func writeJoined(_ letter: UInt8, _ time: CivilTime, _ out: inout [UInt8]) {
        let (letters, separator): (StaticString, Character) =
            switch letter {
            case UInt8(ascii: "T"): ("HMS", ":")
            case UInt8(ascii: "R"): ("HM", ":")
            case UInt8(ascii: "F"): ("Ymd", "-")
            default: ("mdy", "/")
            }
        for (index, letter) in "\(letters)".utf8.enumerated() {
            if index > 0 { out += String(separator).utf8 }
            write(letter, time, &out)
        }
    }

    private static func writePadded(_ number: Int, _ out: inout [UInt8]) {
        if number < 10 { out.append(UInt8(ascii: " ")) }
        Decimal.write(number, into: &out)
    }
}
