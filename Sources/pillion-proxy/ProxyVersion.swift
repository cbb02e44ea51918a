/// The version of the program.
enum ProxyVersion {
    /// As `--version`, the metrics and `/server_info` say it.
    static let current = "0.1.0"
}
