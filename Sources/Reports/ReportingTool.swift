/// The program that made a report.
public struct ReportingTool: Sendable, Equatable {
    /// The program and what it did, such as `pillion lint`.
    public let name: String
    /// The program's version.
    public let version: String

    /// Names a program.
    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}
