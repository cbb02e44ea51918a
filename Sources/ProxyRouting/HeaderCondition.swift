import HTTP1
import ProxyConfiguration

/// A condition of a route on a header, prepared for bytes.
struct HeaderCondition: Sendable {
    private enum Source: Sendable {
        case field
        case method
        case authority
        case path
        case scheme
        case status
    }

    private enum Test: Sendable {
        case string(BytesMatcher)
        case range(Int64, Int64)
        case present(Bool)
    }

    private let source: Source
    private let name: [UInt8]
    private let test: Test
    private let isInverted: Bool
    private let treatsMissingAsEmpty: Bool

    init(_ matcher: HeaderMatcher) {
        name = matcher.name.foldedBytes
        source =
            switch matcher.name {
            case ":method": .method
            case ":authority", "host": .authority
            case ":path": .path
            case ":scheme": .scheme
            case ":status": .status
            default: .field
            }
        test =
            switch matcher.condition {
            case .string(let string): .string(BytesMatcher(string))
            case .range(let start, let end): .range(start, end)
            case .present(let isPresent): .present(isPresent)
            }
        isInverted = matcher.isInverted
        treatsMissingAsEmpty = matcher.treatsMissingAsEmpty
    }

    /// Whether a request fulfils the condition; `path` is the path with its query.
    func holds(_ head: RequestHead, _ bytes: Span<UInt8>, path: Span<UInt8>, isSecure: Bool) -> Bool {
        switch source {
        case .method: return holds(bytes.extracting(head.methodRange.offsets))
        case .authority: return head.authority.isEmpty ? missing : holds(bytes.extracting(head.authority.offsets))
        case .path: return holds(path)
        case .scheme: return holds((isSecure ? Self.https : Self.http).span)
        case .status: return missing
        case .field: return holds(head.section, bytes)
        }
    }

    /// Whether an answer fulfils the condition.
    func holds(_ head: ResponseHead, _ bytes: Span<UInt8>) -> Bool {
        switch source {
        case .status: holds(Array(String(head.status).utf8).span)
        case .field: holds(head.section, bytes)
        case .method, .authority, .path, .scheme: missing
        }
    }

    private func holds(_ section: FieldSection, _ bytes: Span<UInt8>) -> Bool {
        var found: Range<Int>?
        var joined: [UInt8] = []
        for field in section.fields where Self.isNamed(name, field, bytes) {
            guard let first = found else {
                found = field.value.offsets
                continue
            }
            // Several lines are one value; that is rare enough for an array.
            if joined.isEmpty { joined = bytes.extracting(first).array }
            joined += [0x2C] + bytes.extracting(field.value.offsets).array
        }
        guard let found else { return missing }
        return joined.isEmpty ? holds(bytes.extracting(found)) : holds(joined.span)
    }

    private static let https: [UInt8] = Array("https".utf8)
    private static let http: [UInt8] = Array("http".utf8)

    /// Whether a line has the name, which is in lower case.
    @inline(__always)
    static func isNamed(_ name: [UInt8], _ field: HeaderField, _ bytes: Span<UInt8>) -> Bool {
        field.name.count == name.count && bytes.hasFolded(name, at: Int(field.name.start))
    }

    private var missing: Bool {
        if case .present(let isPresent) = test { return isPresent == isInverted }
        guard treatsMissingAsEmpty else { return false }
        return holds([UInt8]().span)
    }

    private func holds(_ value: Span<UInt8>) -> Bool {
        let result =
            switch test {
            case .string(let matcher): matcher.matches(value)
            case .range(let start, let end): Self.integer(value).map { start <= $0 && $0 < end } ?? false
            case .present(let isPresent): isPresent
            }
        return result != isInverted
    }

    /// A decimal integer with an optional sign; nothing else may stand there.
    private static func integer(_ value: Span<UInt8>) -> Int64? {
        var index = 0
        var isNegative = false
        if value.count > 0, value[0] == 0x2D || value[0] == 0x2B {
            isNegative = value[0] == 0x2D
            index = 1
        }
        guard index < value.count else { return nil }
        var number: Int64 = 0
        while index < value.count {
            guard 0x30...0x39 ~= value[index] else { return nil }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.subtractingReportingOverflow(Int64(value[index] - 0x30))
            guard !overflow, !carry else { return nil }
            number = sum
            index += 1
        }
        // Counted downwards, as there is one more negative number.
        guard !isNegative else { return number }
        return number == .min ? nil : -number
    }
}
