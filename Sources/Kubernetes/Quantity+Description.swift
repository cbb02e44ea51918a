extension Quantity: CustomStringConvertible {
    private static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
    private static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

    /// The canonical spelling: no fraction, the largest suffix that needs none, the format that was given.
    ///
    /// What binary suffixes cannot write whole, or what is less than 1024, is written with powers of ten, as Kubernetes
    /// does: `0.5Ki` is `512`, `1.5Gi` is `1536Mi`, `1.5` is `1500m`.
    package var description: String {
        guard nanos != 0 else { return "0" }
        let sign = nanos < 0 ? "-" : ""
        let magnitude = nanos.magnitude
        let (units, fraction) = magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        if format == .binary, fraction == 0, units >= 1024 {
            let (number, power) = Self.reduced(units, by: 1024, atMost: Self.binarySuffixes.count - 1)
            return "\(sign)\(number)\(Self.binarySuffixes[power])"
        }
        let (number, power) = Self.reduced(magnitude, by: 1000, atMost: Self.decimalSuffixes.count - 1)
        guard format == .exponent else { return "\(sign)\(number)\(Self.decimalSuffixes[power])" }
        let exponent = power * 3 - 9
        return exponent == 0 ? "\(sign)\(number)" : "\(sign)\(number)e\(exponent)"
    }

    /// Takes a factor out of a number as often as it goes, up to a limit.
    private static func reduced(_ number: UInt128, by factor: UInt128, atMost limit: Int) -> (UInt128, Int) {
        var (number, power) = (number, 0)
        while power < limit, number.isMultiple(of: factor) {
            number /= factor
            power += 1
        }
        return (number, power)
    }
}
