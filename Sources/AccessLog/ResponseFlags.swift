/// Any number of response flags.
public struct ResponseFlags: OptionSet, Sendable, Hashable {
    /// One bit a flag, by the flag's raw value.
    public let rawValue: UInt32

    /// Makes flags from bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Makes the flags that consist of `flag`.
    public init(_ flag: ResponseFlag) {
        rawValue = 1 << UInt32(flag.rawValue)
    }

    /// Adds `flag`.
    public mutating func insert(_ flag: ResponseFlag) {
        formUnion(ResponseFlags(flag))
    }

    /// Whether `flag` is set.
    public func contains(_ flag: ResponseFlag) -> Bool {
        isSuperset(of: ResponseFlags(flag))
    }

    /// The flags that are set, in the order of ``ResponseFlag``.
    public var all: [ResponseFlag] { ResponseFlag.allCases.filter(contains) }

    /// The flags of a request in the order in which Envoy sets them: that tries ran out before the reason of the last.
    var ofRequest: [ResponseFlag] {
        let first = ResponseFlag.upstreamRetryLimitExceeded
        return contains(first) ? [first] + all.filter { $0 != first } : all
    }

    /// The letters of the flags with commas between them, `-` without any.
    public var letters: String {
        isEmpty ? "-" : all.map(\.letters).joined(separator: ",")
    }
}
