/// What formats ask of the process, looked up once when they are compiled.
public struct LogEnvironment: Sendable {
    /// The host's name, for `%HOSTNAME%`.
    public var hostname: String
    /// The value of an environment variable, for `%ENVIRONMENT(X)%`.
    public var variable: @Sendable (String) -> String?

    /// Makes an environment.
    public init(hostname: String, variable: @escaping @Sendable (String) -> String? = { _ in nil }) {
        self.hostname = hostname
        self.variable = variable
    }
}
