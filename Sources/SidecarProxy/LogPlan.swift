import AccessLog
import Glibc
import ProxyConfiguration

/// The access logs of one filter chain, compiled once and never changed.
struct LogPlan: Sendable {
    private struct Entry: Sendable {
        let format: LogFormat
        let filter: AccessLogFilter?
        let destination: AccessLog.Destination
    }

    private var entries: [Entry] = []
    /// The headers that lines ask for.
    private(set) var fields = LogFields()

    /// Compiles `logs`.
    ///
    /// - Throws: What is wrong with a format.
    init(_ logs: [AccessLog]) throws(LogFormatError) {
        let environment = LogEnvironment(hostname: Self.hostname()) { name in
            // Safety: getenv returns a NUL-terminated string or nil; nothing in the proxy changes the environment.
            unsafe getenv(name).map { unsafe String(cString: $0) }
        }
        for log in logs {
            let format: LogFormat
            switch log.format {
            case .standard:
                format = try LogFormat(text: LogFormat.defaultText, fields: &fields, environment: environment)
            case .text(let text):
                let omits = log.omitsEmptyValues
                format = try LogFormat(text: text, omitsEmpty: omits, fields: &fields, environment: environment)
            case .json(let json):
                let omits = log.omitsEmptyValues
                format = try LogFormat(json: json, omitsEmpty: omits, fields: &fields, environment: environment)
            }
            entries.append(Entry(format: format, filter: log.filter, destination: log.destination))
        }
    }

    /// Whether no line is ever written.
    var isEmpty: Bool { entries.isEmpty }

    /// Where lines go.
    var destinations: [AccessLog.Destination] { entries.map(\.destination) }

    /// Writes the lines of a request that has ended.
    func write(_ record: borrowing LogRecord, to sinks: LogSinks) {
        for entry in entries {
            if let filter = entry.filter, !Self.passes(filter, record) { continue }
            var line: [UInt8] = []
            entry.format.render(record, into: &line)
            sinks.write(line, to: entry.destination)
        }
    }

    private static func passes(_ filter: AccessLogFilter, _ record: borrowing LogRecord) -> Bool {
        switch filter {
        case .status(let comparison, let status): return compare(record.responseCode, comparison, status)
        case .duration(let comparison, let milliseconds):
            return compare(Int((record.duration ?? .zero) / .milliseconds(1)), comparison, milliseconds)
        case .responseFlags(let letters):
            let set = record.flags.all.map(\.letters)
            return letters.isEmpty ? !set.isEmpty : letters.contains { set.contains($0) }
        case .notHealthCheck: return true
        case .all(let filters):
            for filter in filters where !passes(filter, record) { return false }
            return true
        case .any(let filters):
            for filter in filters where passes(filter, record) { return true }
            return false
        }
    }

    private static func compare(_ value: Int, _ comparison: AccessLogFilter.Comparison, _ other: Int) -> Bool {
        switch comparison {
        case .equal: value == other
        case .notEqual: value != other
        case .atLeast: value >= other
        case .atMost: value <= other
        }
    }

    private static func hostname() -> String {
        var name = [CChar](repeating: 0, count: 256)
        // Safety: gethostname writes at most the count that it is told, and the last byte stays 0.
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
