import Logging

/// Renders one log event as one line.
///
/// Nothing that a caller logs can end the line early, move the cursor of a terminal, or grow the line without bound.
struct LogLine {
    /// The longest message, key or value in bytes; the rest is cut off and marked.
    static let textBytes = 1_024
    /// The longest line in bytes; fields that do not fit are left out.
    static let lineBytes = 16 * 1_024
    /// How deep a structured value may be nested.
    static let depth = 4
    /// The names that a line uses itself; a field of one of these names gets `_` in front.
    static let ownKeys: Set<String> = ["time", "level", "logger", "msg", "truncated"]

    /// Renders an event.
    static func render(
        _ event: LogEvent,
        label: String,
        metadata: Logger.Metadata,
        time: String,
        format: LogFormat
    ) -> [UInt8] {
        switch format {
        case .json: json(event, label: label, metadata: metadata, time: time)
        case .text: text(event, metadata: metadata, time: time)
        }
    }

    private static func json(_ event: LogEvent, label: String, metadata: Logger.Metadata, time: String) -> [UInt8] {
        var writer = LogTextWriter()
        writer.raw("{\"time\":\"\(time)\",\"level\":\"\(event.level.rawValue)\",\"logger\":")
        writer.quoted(label)
        writer.raw(",\"msg\":")
        writer.quoted(event.message.description)
        if let error = event.error {
            writer.raw(",\"error\":")
            writer.quoted("\(error)")
        }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let mark = writer.bytes.count
            writer.raw(",")
            writer.quoted(isOwn(key, event) ? "_" + key : key)
            writer.raw(":")
            writer.json(value, depth: depth)
            guard writer.bytes.count <= lineBytes else {
                writer.cut(to: mark)
                writer.raw(",\"truncated\":\"true\"")
                break
            }
        }
        writer.raw("}\n")
        return writer.bytes
    }

    /// Whether the line itself uses `key`; `error` is free for a field unless the event carries an error.
    private static func isOwn(_ key: String, _ event: LogEvent) -> Bool {
        ownKeys.contains(key) || (key == "error" && event.error != nil)
    }

    private static func text(_ event: LogEvent, metadata: Logger.Metadata, time: String) -> [UInt8] {
        var writer = LogTextWriter()
        writer.raw("\(time) \(event.level.rawValue.uppercased()) ")
        writer.escaped(event.message.description)
        if let error = event.error {
            writer.raw(" error=")
            writer.plain("\(error)")
        }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let mark = writer.bytes.count
            writer.raw(" ")
            writer.escaped(key)
            writer.raw("=")
            writer.plain(value.description)
            guard writer.bytes.count <= lineBytes else {
                writer.cut(to: mark)
                writer.raw(" truncated=true")
                break
            }
        }
        writer.raw("\n")
        return writer.bytes
    }
}
