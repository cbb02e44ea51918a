public import Logging

/// The log handler of the programs: one line an event, rendered by the caller and written by a ``LogSink``.
///
/// Pass it to loggers by factory; nothing is registered for the process:
/// `Logger(label: "webhook") { LineLogHandler(label: $0, sink: sink, format: .json) }`.
public struct LineLogHandler: LogHandler {
    /// The lowest level that is written; setting it parts the handler from a threshold that it shares.
    public var logLevel: Logger.Level {
        get { threshold?.level ?? ownLevel }
        set {
            threshold = nil
            ownLevel = newValue
        }
    }
    /// The fields of every line.
    public var metadata: Logger.Metadata = [:]
    /// Gives further fields from the context of the caller.
    public var metadataProvider: Logger.MetadataProvider?

    private var ownLevel: Logger.Level
    private var threshold: LogThreshold?
    private let label: String
    private let sink: LogSink
    private let format: LogFormat

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: The name of the logger.
    ///   - sink: Where lines go.
    ///   - format: How lines look.
    ///   - level: The lowest level that is written.
    public init(label: String, sink: LogSink, format: LogFormat, level: Logger.Level = .info) {
        self.label = label
        self.sink = sink
        self.format = format
        ownLevel = level
    }

    /// Makes a handler whose level follows `threshold`.
    public init(label: String, sink: LogSink, format: LogFormat, threshold: LogThreshold) {
        self.init(label: label, sink: sink, format: format, level: threshold.level)
        self.threshold = threshold
    }

    /// Renders the event and hands the line over; never blocks.
    ///
    /// Fields of the event win over those of the provider, and those over the fields of the handler.
    public func log(event: LogEvent) {
        var fields = metadata
        for more in [metadataProvider?.get(), event.metadata] {
            guard let more, !more.isEmpty else { continue }
            if fields.isEmpty { fields = more } else { fields.merge(more) { $1 } }
        }
        var line = LogLine(
            event.message.description,
            level: event.level,
            label: label,
            error: event.error,
            time: LogTime.now,
            format: format
        )
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) { line.add(key, value) }
        sink.write(line.finish())
    }

    /// Gets or sets a field of every line.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
