import JSON

extension BootstrapDecoder {
    /// A `google.protobuf.Duration` in its JSON form: seconds with an optional fraction and `s`, `5s` or `0.25s`.
    ///
    /// Not negative, at most a year: a longer wait is a mistake.
    mutating func duration(_ node: ConfigurationNode) -> Duration? {
        guard let text = string(node) else { return nil }
        guard let duration = Self.parseDuration(text) else {
            report(
                .invalidValue,
                node.pointer,
                "\"\(text)\" is not a duration; write seconds with an s, as 5s or 0.25s"
            )
            return nil
        }
        return duration
    }

    /// A duration of which 0 means none, and an absent one the `standard` value.
    mutating func timeout(_ node: ConfigurationNode?, standard: Duration?) -> Duration? {
        guard let node else { return standard }
        guard let duration = duration(node) else { return standard }
        return duration == .zero ? nil : duration
    }

    /// A duration that replaces one from further out; 0 means none.
    mutating func timeoutOverride(_ node: ConfigurationNode?) -> TimeoutOverride {
        guard let node, let duration = duration(node) else { return .inherited }
        return duration == .zero ? .none : .after(duration)
    }

    static func parseDuration(_ text: String) -> Duration? {
        guard text.utf8.last == UInt8(ascii: "s") else { return nil }
        let parts = text.dropLast().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, let seconds = digits(whole, atMost: 8), seconds <= 31_622_400 else { return nil }
        guard parts.count == 2 else { return .seconds(seconds) }
        guard let fraction = digits(parts[1], atMost: 9) else { return nil }
        var nanoseconds = fraction
        for _ in parts[1].utf8.count..<9 { nanoseconds *= 10 }
        return .seconds(seconds) + .nanoseconds(nanoseconds)
    }

    private static func digits(_ text: Substring, atMost count: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text)
    }
}
