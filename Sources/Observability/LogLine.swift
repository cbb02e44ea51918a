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

    private var writer = LogTextWriter()
    private let format: LogFormat
    private let hasError: Bool
    private var isFull = false

    /// Begins the line of an event.
    init(
        _ message: String,
        level: Logger.Level,
        label: String,
        error: (any Error)? = nil,
        time: String,
        format: LogFormat
    ) {
        self.format = format
        hasError = error != nil
        switch format {
        case .json:
            writer.raw(#"{"time":""#)
            writer.raw(time)
            writer.raw(#"","level":""#)
            writer.raw(level.rawValue)
            writer.raw(#"","logger":"#)
            writer.quoted(label)
            writer.raw(",\"msg\":")
            writer.quoted(message)
        case .text:
            writer.raw("\(time) \(level.rawValue.uppercased()) ")
            writer.escaped(message)
        }
        if let error {
            writer.raw(format == .json ? ",\"error\":" : " error=")
            format == .json ? writer.quoted("\(error)") : writer.plain("\(error)")
        }
    }

    /// Adds a field.
    mutating func add(_ key: String, _ value: String) {
        add(key, write: { writer, format in format == .json ? writer.quoted(value) : writer.plain(value) })
    }

    /// Adds a field that may be structured.
    mutating func add(_ key: String, _ value: Logger.MetadataValue) {
        add(key) { writer, format in
            format == .json ? writer.json(value, depth: Self.depth) : writer.plain(value.description)
        }
    }

    /// The whole line, which ends in a line feed.
    consuming func finish() -> [UInt8] {
        writer.raw(format == .json ? "}\n" : "\n")
        return writer.bytes
    }

    @inline(__always)
    private mutating func add(_ key: String, write: (inout LogTextWriter, LogFormat) -> Void) {
        guard !isFull else { return }
        let mark = writer.bytes.count
        switch format {
        case .json:
            writer.raw(",")
            writer.quoted(isOwn(key) ? "_" + key : key)
            writer.raw(":")
        case .text:
            writer.raw(" ")
            writer.escaped(key)
            writer.raw("=")
        }
        write(&writer, format)
        guard writer.bytes.count > Self.lineBytes else { return }
        isFull = true
        writer.cut(to: mark)
        writer.raw(format == .json ? ",\"truncated\":\"true\"" : " truncated=true")
    }

    /// Whether the line itself uses `key`; `error` is free for a field unless the event carries an error.
    private func isOwn(_ key: String) -> Bool {
        switch key {
        case "time", "level", "logger", "msg", "truncated": true
        case "error": hasError
        default: false
        }
    }
}
