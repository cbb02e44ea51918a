public import JSON

/// The format of an access log: `config.core.v3.SubstitutionFormatString`.
///
/// Compiled once; rendering appends bytes to a buffer that the caller uses again.
public struct LogFormat: Sendable {
    private enum Form: Sendable {
        case text(LogText)
        case json(LogTree)
    }

    private let form: Form
    /// Whether absent values are left out rather than written as `-` or `null`.
    private let omitsEmpty: Bool

    /// Envoy's format where none is set.
    public static let defaultText =
        "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\" %RESPONSE_CODE% "
        + "%RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "
        + "\"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" "
        + "\"%UPSTREAM_HOST%\"\n"

    /// Compiles a text such as ``defaultText``, which brings its own end of line: `text_format_source`.
    ///
    /// - Parameters:
    ///   - text: The text with its operators.
    ///   - omitsEmpty: `omit_empty_values`.
    ///   - fields: The table of the headers that are asked for.
    ///   - environment: The host's name and the environment.
    /// - Throws: `LogFormatError`, when the text is none of Envoy's.
    public init(
        text: String,
        omitsEmpty: Bool = false,
        fields: inout LogFields,
        environment: LogEnvironment
    ) throws(LogFormatError) {
        form = .text(try LogText(text, &fields, environment))
        self.omitsEmpty = omitsEmpty
    }

    /// Compiles an object whose strings have operators: `json_format`; each line ends with LF.
    ///
    /// A string that is one operator becomes a value of its kind, a number for a number, and null when it is absent.
    ///
    /// - Parameters:
    ///   - json: The object, which may have objects and arrays in it, 16 deep.
    ///   - omitsEmpty: `omit_empty_values`: members that would be null are left out.
    ///   - fields: The table of the headers that are asked for.
    ///   - environment: The host's name and the environment.
    /// - Throws: `LogFormatError`, when a string is no format or a value is of another kind.
    public init(
        json: JSONValue,
        omitsEmpty: Bool = false,
        fields: inout LogFields,
        environment: LogEnvironment
    ) throws(LogFormatError) {
        form = .json(try LogTree(json, &fields, environment))
        self.omitsEmpty = omitsEmpty
    }

    /// Appends the line for `record` to `out`.
    public func render(_ record: borrowing LogRecord, into out: inout [UInt8]) {
        switch form {
        case .text(let text): text.render(record, omitsEmpty: omitsEmpty, .text, into: &out)
        case .json(let tree):
            _ = tree.render(record, omitsEmpty: omitsEmpty, into: &out)
            out.append(UInt8(ascii: "\n"))
        }
    }
}

extension LogText {
    /// Appends the text with the values of `record`.
    func render(
        _ record: borrowing LogRecord,
        omitsEmpty: Bool,
        _ escaping: LogEscaping,
        into out: inout [UInt8]
    ) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes):
                if escaping == .json { escaping.write(bytes.span, into: &out) } else { out += bytes }
            case .value(let operation, let limit):
                if !record.write(operation, limit: limit, escaping, into: &out), !omitsEmpty {
                    out.append(UInt8(ascii: "-"))
                }
            }
        }
    }
}
