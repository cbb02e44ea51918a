/// Whether a trace is recorded, in the words of B3.
public enum B3Decision: Sendable, Hashable, CaseIterable {
    /// It is not: `0`.
    case deny
    /// It is: `1`.
    case accept
    /// It is, whatever samplers say: `d`.
    case debug

    /// Reads the state of `b3`, or the value of `x-b3-sampled`; nil when it is neither.
    public init?(_ value: Span<UInt8>) {
        if value.count == 1 {
            switch value[0] {
            case UInt8(ascii: "0"): self = .deny
            case UInt8(ascii: "1"): self = .accept
            case UInt8(ascii: "d"): self = .debug
            default: return nil
            }
            return
        }
        // Words of old tracers.
        guard let isTrue = Self.isTrue(value) else { return nil }
        self = isTrue ? .accept : .deny
    }

    private static func isTrue(_ value: Span<UInt8>) -> Bool? {
        for (word, meaning) in [("true", true), ("false", false)] where value.count == word.utf8.count {
            var isSame = true
            for (index, letter) in word.utf8.enumerated() { isSame = isSame && value[index] == letter }
            if isSame { return meaning }
        }
        return nil
    }
}
