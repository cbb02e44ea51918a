package import JSON

/// A Kubernetes quantity such as `64Mi`, `250m`, `1.5` or `1e3`
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
///
/// The value is exact: Kubernetes knows no fraction below a billionth (what is finer is rounded up) and reads nothing
/// above 2^63 - 1 (what is larger is capped), so billionths fit 128 bits with room for sums. Sums saturate; nothing
/// overflows. Quantities are compared by value, however they are written.
package struct Quantity: Sendable {
    /// The ways to write a quantity; Kubernetes writes one back the way it was given.
    package enum Format: Sendable {
        /// With powers of ten: `1500m`, `2`, `64M`.
        case decimal
        /// With powers of two: `64Mi`.
        case binary
        /// With an exponent: `64e6`.
        case exponent
    }

    /// No quantity.
    package static let zero = Quantity(nanos: 0, format: .decimal)
    /// The largest value that is read, in billionths: 2^63 - 1.
    static let maximumNanos = Int128(Int64.max) * 1_000_000_000

    /// The value in billionths.
    package let nanos: Int128
    /// How it was written.
    package let format: Format

    /// Makes a quantity from billionths.
    package init(nanos: Int128, format: Format = .decimal) {
        self.nanos = nanos
        self.format = format
    }

    /// Reads a quantity from a pod, where it may be a string or a number; nil when it is none.
    package init?(json: JSONValue) {
        switch json {
        case .string(let text): self.init(text)
        case .number(let number): self.init(number.lexeme)
        case .null, .bool, .array, .object: return nil
        }
    }
}

extension Quantity {
    /// The value in thousandths, as Kubernetes counts CPU: what is finer is rounded away from zero, what is larger than
    /// 64 bits is capped.
    package var milliValue: Int { Self.clamped(Self.quotient(nanos, 1_000_000)) }

    /// The value in whole units, as Kubernetes counts bytes: fractions are rounded away from zero, what is larger than
    /// 64 bits is capped.
    package var value: Int { Self.clamped(Self.quotient(nanos, 1_000_000_000)) }

    /// The quantity without anything finer than a thousandth, rounded away from zero.
    package var roundedToMilli: Quantity {
        let (nanos, isTooLarge) = Self.quotient(nanos, 1_000_000).multipliedReportingOverflow(by: 1_000_000)
        return isTooLarge ? self : Quantity(nanos: nanos, format: format)
    }

    /// The sum, at most what 128 bits of billionths hold; written as the left one unless that is zero.
    package static func + (left: Quantity, right: Quantity) -> Quantity {
        let (sum, overflow) = left.nanos.addingReportingOverflow(right.nanos)
        let saturated = left.nanos < 0 ? -Int128.max : Int128.max
        let format = left.nanos == 0 ? right.format : left.format
        return Quantity(nanos: overflow ? saturated : sum, format: format)
    }

    /// Adds `right`, saturating.
    package static func += (left: inout Quantity, right: Quantity) {
        left = left + right
    }

    private static func quotient(_ value: Int128, _ divisor: Int128) -> Int128 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder == 0 ? quotient : quotient + remainder.signum()
    }

    private static func clamped(_ value: Int128) -> Int {
        Int(clamping: value)
    }
}

extension Quantity: Comparable, Hashable {
    /// Whether two quantities have the same value.
    package static func == (left: Quantity, right: Quantity) -> Bool {
        left.nanos == right.nanos
    }

    /// Whether `left` is less than `right`.
    package static func < (left: Quantity, right: Quantity) -> Bool {
        left.nanos < right.nanos
    }

    /// Feeds the value to `hasher`.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(nanos)
    }
}
