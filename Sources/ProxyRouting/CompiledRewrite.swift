import ProxyConfiguration
import RegularExpressions

/// A change of a path, prepared for bytes.
enum CompiledRewrite: Sendable {
    case prefix([UInt8])
    case regex(RegularExpression, Substitution)
    /// An expression that could not be compiled, which a checked configuration does not have.
    case none

    /// The longest path that a replacement may make; what is longer is left as it was.
    static let limit = 65_536

    init(_ rewrite: ForwardAction.PathRewrite) {
        switch rewrite {
        case .prefix(let text): self = .prefix(Array(text.utf8))
        case .regex(let rewrite): self.init(rewrite)
        }
    }

    init(_ rewrite: RegexRewrite) {
        self = .none
        guard let expression = try? RegularExpression(rewrite.pattern),
            let substitution = try? Substitution(rewrite.substitution, for: expression)
        else { return }
        self = .regex(expression, substitution)
    }

    /// Changes a path.
    ///
    /// - Parameters:
    ///   - target: Path and query.
    ///   - end: Where the path ends.
    ///   - matched: How many bytes of it a prefix replaces.
    /// - Returns: The new path and query, or nil when nothing changes.
    func apply(_ target: Span<UInt8>, end: Int, matched: Int) -> [UInt8]? {
        switch self {
        case .none: return nil
        case .prefix(let text):
            return text + target.extracting(min(matched, target.count)..<target.count).array
        case .regex(let expression, let substitution):
            guard let path = expression.replacing(target.extracting(0..<end), with: substitution, limit: Self.limit),
                path.count <= Self.limit, Self.isSendable(path)
            else { return nil }
            return path + target.extracting(end..<target.count).array
        }
    }

    // A replacement may have no bytes that end a request line.
    private static func isSendable(_ path: [UInt8]) -> Bool {
        path.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
