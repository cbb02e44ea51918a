public import JSON

/// An access log: `accesslog.v3.AccessLog` of the types `FileAccessLog`, `StdoutAccessLog` and `StderrAccessLog`.
public struct AccessLog: Sendable, Equatable {
    /// Where lines go.
    public enum Destination: Sendable, Hashable {
        /// The end of a file: `path`.
        case file(String)
        /// Standard output.
        case standardOutput
        /// Standard error.
        case standardError
    }

    /// How a line looks.
    public enum Format: Sendable, Equatable {
        /// Envoy's default format string.
        case standard
        /// `log_format.text_format_source.inline_string`, and the older `text_format` and `format`: a format string
        /// with its own line end.
        case text(String)
        /// `log_format.json_format`, and the older `json_format` and `typed_json_format`: an object whose strings
        /// are format strings; one line each.
        case json(JSONValue)
    }

    /// Where lines go.
    public var destination: Destination
    /// How a line looks.
    public var format = Format.standard
    /// `log_format.omit_empty_values` (false): whether values that are not there are left out (JSON), or empty
    /// instead of `-` (text).
    public var omitsEmptyValues = false
    /// `filter`: which requests are logged; nil for all.
    public var filter: AccessLogFilter?

    /// Makes a log in Envoy's default format.
    public init(_ destination: Destination) {
        self.destination = destination
    }
}
