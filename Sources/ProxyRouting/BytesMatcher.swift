public import ProxyConfiguration
public import RegularExpressions

/// A ``StringMatcher`` prepared for bytes.
public enum BytesMatcher: Sendable {
    /// The whole text.
    case exact([UInt8])
    /// Its beginning.
    case prefix([UInt8])
    /// Its end.
    case suffix([UInt8])
    /// Some part of it.
    case contains([UInt8])
    /// The same, with text in lower case and in any case.
    indirect case folding(BytesMatcher)
    /// An expression for the whole text.
    case regex(RegularExpression)
    /// An expression that could not be compiled, which a checked configuration does not have.
    case never

    /// Prepares a matcher.
    public init(_ matcher: StringMatcher) {
        func bytes(_ text: String) -> [UInt8] { matcher.ignoresCase ? text.foldedBytes : Array(text.utf8) }
        let plain: BytesMatcher =
            switch matcher.pattern {
            case .exact(let text): .exact(bytes(text))
            case .prefix(let text): .prefix(bytes(text))
            case .suffix(let text): .suffix(bytes(text))
            case .contains(let text): .contains(bytes(text))
            case .regex(let pattern): (try? RegularExpression(pattern)).map { .regex($0) } ?? .never
            }
        if case .regex = plain { self = plain } else { self = matcher.ignoresCase ? .folding(plain) : plain }
    }

    /// Whether `value` matches.
    public func matches(_ value: Span<UInt8>) -> Bool {
        switch self {
        case .exact(let text): text.count == value.count && value.has(text, at: 0)
        case .prefix(let text): value.has(text, at: 0)
        case .suffix(let text): value.has(text, at: value.count - text.count)
        case .contains(let text): Self.search(value, text.count) { value.has(text, at: $0) }
        case .regex(let expression): expression.matches(value)
        case .folding(let plain): plain.matchesFolded(value)
        case .never: false
        }
    }

    private func matchesFolded(_ value: Span<UInt8>) -> Bool {
        switch self {
        case .exact(let text): text.count == value.count && value.hasFolded(text, at: 0)
        case .prefix(let text): value.hasFolded(text, at: 0)
        case .suffix(let text): value.hasFolded(text, at: value.count - text.count)
        case .contains(let text): Self.search(value, text.count) { value.hasFolded(text, at: $0) }
        case .regex, .folding, .never: false
        }
    }

    @inline(__always)
    private static func search(_ value: Span<UInt8>, _ length: Int, _ isThere: (Int) -> Bool) -> Bool {
        guard length <= value.count else { return false }
        for start in 0...(value.count - length) where isThere(start) { return true }
        return false
    }
}
