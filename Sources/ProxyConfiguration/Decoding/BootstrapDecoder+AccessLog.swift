import AccessLog
import JSON

extension BootstrapDecoder {
    /// The `access_log` of a manager or a TCP proxy.
    mutating func accessLogs(_ node: ConfigurationNode?) -> [AccessLog] {
        list(node) { decoder, node in decoder.accessLog(node) }
    }

    private mutating func accessLog(_ node: ConfigurationNode) -> AccessLog? {
        guard let message = message(node, .accessLog) else { return nil }
        let filter = message["filter"].flatMap { accessLogFilter($0, depth: 0) }
        guard
            let (schema, fields) = extensionConfig(in: message, [.fileAccessLog, .stdoutAccessLog, .stderrAccessLog])
        else { return nil }
        var log: AccessLog
        switch schema.fullName {
        case MessageSchema.stdoutAccessLog.fullName: log = AccessLog(.standardOutput)
        case MessageSchema.stderrAccessLog.fullName: log = AccessLog(.standardError)
        default:
            guard let path = name("path", in: fields) else { return nil }
            log = AccessLog(Self.destination(path))
        }
        log.filter = filter
        let formats = ["log_format", "format", "json_format", "typed_json_format"]
        guard let (field, value) = oneOf(formats, in: fields) else { return log }
        switch field {
        case "log_format": readFormat(value, into: &log)
        case "format": log.format = textFormat(value) ?? .standard
        default: log.format = jsonFormat(value) ?? .standard
        }
        return log
    }

    // /dev/stdout cannot always be opened again, so that it is taken for what is meant.
    private static func destination(_ path: String) -> AccessLog.Destination {
        switch path {
        case "/dev/stdout", "/proc/self/fd/1", "/dev/fd/1": .standardOutput
        case "/dev/stderr", "/proc/self/fd/2", "/dev/fd/2": .standardError
        default: .file(path)
        }
    }

    private mutating func readFormat(_ node: ConfigurationNode, into log: inout AccessLog) {
        guard let message = message(node, .formatString) else { return }
        read(message["omit_empty_values"], into: &log.omitsEmptyValues)
        let formats = ["text_format_source", "text_format", "json_format"]
        guard let (field, value) = oneOf(formats, in: message, isRequired: true) else { return }
        switch field {
        case "json_format": log.format = jsonFormat(value) ?? .standard
        case "text_format": log.format = textFormat(value) ?? .standard
        default:
            guard let source = self.message(value, .dataSource) else { return }
            guard let text = source["inline_string"] else {
                report(.unsupported, value.pointer, "only inline_string is supported; write the format there")
                return
            }
            log.format = textFormat(text) ?? .standard
        }
    }

    private mutating func textFormat(_ node: ConfigurationNode) -> AccessLog.Format? {
        guard let text = string(node) else { return nil }
        if text.isEmpty { return .standard }
        return checkFormat(text, at: node) ? .text(text) : nil
    }

    private mutating func jsonFormat(_ node: ConfigurationNode) -> AccessLog.Format? {
        guard node.value.object != nil else {
            report(.wrongType, node.pointer, "must be a mapping of names to format strings")
            return nil
        }
        var fields = LogFields()
        do throws(LogFormatError) {
            _ = try LogFormat(json: node.value, fields: &fields, environment: LogEnvironment(hostname: ""))
            return .json(node.value)
        } catch {
            let pointer = error.path.reduce(node.pointer) { $0.appending($1) }
            report(.invalidValue, pointer, error.reason)
            return nil
        }
    }

    /// Reports what is wrong with a format string.
    mutating func checkFormat(_ text: String, at node: ConfigurationNode) -> Bool {
        var fields = LogFields()
        do throws(LogFormatError) {
            _ = try LogFormat(text: text, fields: &fields, environment: LogEnvironment(hostname: ""))
            return true
        } catch {
            report(.invalidValue, node.pointer, error.reason)
            return false
        }
    }
}
