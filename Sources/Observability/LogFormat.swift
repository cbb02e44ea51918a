import Glibc

/// How a log line looks.
public enum LogFormat: String, Sendable, CaseIterable {
    /// One JSON object a line, for machines.
    case json
    /// Time, level, message and fields, for people.
    case text

    /// Text for a terminal, JSON for everything else.
    public static func suited(to descriptor: CInt) -> LogFormat {
        isatty(descriptor) == 1 ? .text : .json
    }
}
