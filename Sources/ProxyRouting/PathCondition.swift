import ProxyConfiguration
import RegularExpressions

/// The condition of a route on the path without its query.
enum PathCondition: Sendable {
    case prefix([UInt8])
    case exact([UInt8])
    case separatedPrefix([UInt8])
    case foldedPrefix([UInt8])
    case foldedExact([UInt8])
    case foldedSeparatedPrefix([UInt8])
    case regex(RegularExpression)
    /// An expression that could not be compiled, which a checked configuration does not have.
    case never

    init(_ match: RouteMatch) {
        switch (match.path, match.isCaseSensitive) {
        case (.prefix(let text), true): self = .prefix(Array(text.utf8))
        case (.prefix(let text), false): self = .foldedPrefix(text.foldedBytes)
        case (.path(let text), true): self = .exact(Array(text.utf8))
        case (.path(let text), false): self = .foldedExact(text.foldedBytes)
        case (.separatedPrefix(let text), true): self = .separatedPrefix(Array(text.utf8))
        case (.separatedPrefix(let text), false): self = .foldedSeparatedPrefix(text.foldedBytes)
        case (.regex(let pattern), _): self = (try? RegularExpression(pattern)).map { .regex($0) } ?? .never
        }
    }

    /// Whether the first `end` bytes of `path` match.
    @inline(__always)
    func matches(_ path: Span<UInt8>, end: Int) -> Bool {
        switch self {
        case .prefix(let text): text.count <= end && path.has(text, at: 0)
        case .exact(let text): text.count == end && path.has(text, at: 0)
        case .separatedPrefix(let text):
            Self.isSeparated(path, text.count, end) && path.has(text, at: 0)
        case .foldedPrefix(let text): text.count <= end && path.hasFolded(text, at: 0)
        case .foldedExact(let text): text.count == end && path.hasFolded(text, at: 0)
        case .foldedSeparatedPrefix(let text):
            Self.isSeparated(path, text.count, end) && path.hasFolded(text, at: 0)
        case .regex(let expression): expression.matches(path, 0..<end)
        case .never: false
        }
    }

    /// How many bytes of a path of `end` bytes a `prefix_rewrite` replaces.
    func matchedLength(end: Int) -> Int {
        switch self {
        case .prefix(let text), .separatedPrefix(let text), .foldedPrefix(let text), .foldedSeparatedPrefix(let text):
            min(text.count, end)
        case .exact, .foldedExact, .regex, .never: end
        }
    }

    @inline(__always)
    private static func isSeparated(_ path: Span<UInt8>, _ length: Int, _ end: Int) -> Bool {
        length == end || length < end && path[length] == 0x2F
    }
}
