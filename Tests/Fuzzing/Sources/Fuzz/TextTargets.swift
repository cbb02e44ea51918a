import AccessLog
import JSON

@testable import RegularExpressions

/// A pattern, a line feed, a substitution, a line feed, a text.
struct ExpressionTarget: FuzzTarget {
    static let name = "expressions"

    func run(_ input: [UInt8]) {
        let parts = input.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        let texts = parts.map { String(decoding: $0, as: UTF8.self) }
        guard let pattern = texts.first, let expression = try? RegularExpression(pattern) else { return }
        let text = Array(parts.count > 2 ? parts[2] : [])
        let isWhole = expression.matches(text.span)
        require(isWhole == expression.matches(text.span, 0..<text.count), "the range of everything is another text")
        if let groups = expression.firstMatch(text.span, from: 0) {
            require(groups.count == expression.groupCount + 1, "\(groups.count) groups of \(expression.groupCount)")
            for case let group? in groups {
                require(group.lowerBound >= 0 && group.upperBound <= text.count, "a group lies outside of the text")
            }
        } else {
            require(!isWhole, "everything matches, and no part of it")
        }
        // No table can decide about boundaries of words; one of the two is everywhere.
        if let untabulated = try? RegularExpression("(?:\(pattern))(?:\\b|\\B)") {
            require(!untabulated.isTabulated, "a table decides about boundaries of words")
            require(isWhole == untabulated.matches(text.span), "the table says otherwise than the threads")
        }
        guard texts.count > 1, let substitution = try? Substitution(texts[1], for: expression) else { return }
        let limit = 4096
        let replaced = expression.replacing(text.span, with: substitution, limit: limit)
        require((replaced?.count ?? 0) <= limit + (texts[1].utf8.count + 1) * (text.count + 1), "beyond the limit")
    }
}

/// A format of access logs, a line feed, and what a client has sent: as a text, and as a member of JSON.
struct LogFormatTarget: FuzzTarget {
    static let name = "logformats"

    func run(_ input: [UInt8]) {
        let parts = input.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
        let format = String(decoding: parts.first ?? [], as: UTF8.self)
        let value = Array(parts.count > 1 ? parts[1] : [])
        let environment = LogEnvironment(hostname: "fuzz") { _ in nil }
        var fields = LogFields()
        if let text = try? LogFormat(text: format, fields: &fields, environment: environment) {
            let line = render(text, fields, value)
            // A client must not be able to begin a line of its own; a format of time can.
            require(!line.contains(0x0A) || format.contains("%n"), "two lines: \(line)")
        }
        fields = LogFields()
        if let json = try? LogFormat(json: ["a": .string(format)], fields: &fields, environment: environment) {
            let line = render(json, fields, value)
            require(line.last == 0x0A && line.dropLast().allSatisfy { $0 >= 0x20 }, "no line: \(line)")
            require((try? JSONParser.parse(Array(line.dropLast()))) != nil, "no JSON: \(line)")
        }
    }

    private func render(_ format: LogFormat, _ fields: LogFields, _ value: [UInt8]) -> [UInt8] {
        var record = LogRecord()
        for name: StaticString in [":method", ":path", ":authority", "x", "user-agent", "x-request-id"] {
            fields.capture(.request, name: name, value: value.span, into: &record)
            fields.capture(.response, name: name, value: value.span, into: &record)
            fields.capture(.trailer, name: name, value: value.span, into: &record)
        }
        record.responseCode = 200
        record.upstreamHost = "127.0.0.1:1"
        record.responseCodeDetails = String(decoding: value, as: UTF8.self)
        record.routeName = String(decoding: value, as: UTF8.self)
        record.startTime = 1_700_000_000_123_456_789
        record.duration = .milliseconds(5)
        var out: [UInt8] = []
        format.render(record, into: &out)
        return out
    }
}
