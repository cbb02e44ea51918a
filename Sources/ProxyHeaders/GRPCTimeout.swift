/// How long a client of gRPC waits for the outcome of its call: the value of `grpc-timeout` (gRPC over HTTP2, "Requests").
public struct GRPCTimeout: Sendable, Hashable {
    /// Milliseconds, 0 or more; shorter units are rounded up.
    public let milliseconds: Int

    /// The most digits that a value has.
    private static let digits = 8
    /// The largest number of them.
    private static let largest = 99_999_999

    /// Makes one of so many milliseconds; fewer than 0 are 0.
    public init(milliseconds: Int) {
        self.milliseconds = max(0, milliseconds)
    }

    /// Reads one to eight digits and a unit, such as `500m`; nil for anything else.
    ///
    /// Spaces before the unit are taken as Envoy takes them.
    public init?(_ value: Span<UInt8>) {
        var number = 0
        var index = 0
        while index < value.count, 0x30...0x39 ~= value[index] {
            guard index < Self.digits else { return nil }
            number = number * 10 + Int(value[index] - 0x30)
            index += 1
        }
        guard index > 0 else { return nil }
        while index < value.count, value[index] == UInt8(ascii: " ") { index += 1 }
        guard index == value.count - 1 else { return nil }
        switch value[index] {
        case UInt8(ascii: "H"): milliseconds = number * 3_600_000
        case UInt8(ascii: "M"): milliseconds = number * 60_000
        case UInt8(ascii: "S"): milliseconds = number * 1000
        case UInt8(ascii: "m"): milliseconds = number
        case UInt8(ascii: "u"): milliseconds = (number + 999) / 1000
        case UInt8(ascii: "n"): milliseconds = (number + 999_999) / 1_000_000
        default: return nil
        }
    }

    /// The value as it is sent: in milliseconds, or the smallest larger unit of which eight digits suffice.
    public var encoded: [UInt8] {
        var number = milliseconds
        var unit = "m"
        for (larger, factor) in [("S", 1000), ("M", 60), ("H", 60)] where number > Self.largest {
            number /= factor
            unit = larger
        }
        return Array("\(min(number, Self.largest))\(unit)".utf8)
    }
}
