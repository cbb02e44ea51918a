public import Logging

/// A log of one kind of event with many fields, for what is logged at every request.
///
/// It writes the lines that a ``LineLogHandler`` writes, but from fields in the caller's order: a dictionary for each
/// event costs several times as much as its line.
public struct FieldLog: Sendable {
    private let label: String
    private let sink: LogSink?
    private let format: LogFormat
    private let level: Logger.Level

    /// Makes a log.
    ///
    /// - Parameters:
    ///   - label: The name of the logger.
    ///   - sink: Where lines go; nil writes nothing.
    ///   - format: How lines look.
    ///   - level: The lowest level that is written.
    public init(label: String, sink: LogSink?, format: LogFormat, level: Logger.Level = .info) {
        self.label = label
        self.sink = sink
        self.format = format
        self.level = level
    }

    /// Whether events of a level are written; ask before fields are put together.
    public func writes(_ level: Logger.Level) -> Bool {
        sink != nil && level >= self.level
    }

    /// Writes an event; never blocks.
    public func info(_ message: String, _ fields: [(key: String, value: String)]) {
        guard writes(.info) else { return }
        var line = LogLine(message, level: .info, label: label, time: LogTime.now, format: format)
        for (key, value) in fields { line.add(key, value) }
        sink?.write(line.finish())
    }
}
