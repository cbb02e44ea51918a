import ArgumentParser
import Logging
import Observability

/// A log level as an option.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    /// The level of swift-log.
    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
}

/// A log format as an option.
enum LogStyle: String, ExpressibleByArgument, CaseIterable {
    case json, text

    /// The format of the log handler.
    var format: LogFormat { LogFormat(rawValue: rawValue) ?? .json }
}
