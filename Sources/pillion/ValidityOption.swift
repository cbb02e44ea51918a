import ArgumentParser

/// A length of time on the command line: a number with `s`, `m`, `h` or `d`.
struct ValidityOption: ExpressibleByArgument, CustomStringConvertible {
    /// The length in seconds, at most ten years.
    let seconds: Int64

    /// Names a length.
    init(seconds: Int64) {
        self.seconds = seconds
    }

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()), count >= 0,
            count <= 3_650 * 86_400 / unit
        else { return nil }
        seconds = count * unit
    }

    /// The largest unit that fits.
    var description: String {
        for (unit, length) in [("d", 86_400), ("h", 3_600), ("m", 60)] as [(String, Int64)]
        where seconds > 0 && seconds.isMultiple(of: length) {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }

    /// As ``description``, for help texts.
    var defaultValueDescription: String { description }
}
