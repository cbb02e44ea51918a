/// Where bytes come from: `core.v3.DataSource`.
public enum DataSource: Sendable, Hashable {
    /// `filename`: the file at this path, read at start and again when it changes.
    case file(String)
    /// `inline_string` or `inline_bytes`.
    case inline([UInt8])
    /// `environment_variable`: the variable's value, not empty.
    case environment(String)
}
