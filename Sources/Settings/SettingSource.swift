/// Where the value of a setting comes from, the strongest last.
public enum SettingSource: Sendable, Hashable {
    /// Nobody gave it.
    case standard
    /// The configuration file, at this place.
    case file(String)
    /// The environment variable of this name.
    case environment(String)
    /// The command line.
    case flag
}

extension SettingSource: CustomStringConvertible {
    /// The source for a person: `default`, `file config.yaml:3:9`, `environment PILLION_LISTEN` or `flag`.
    public var description: String {
        switch self {
        case .standard: "default"
        case .file(let place): "file \(place)"
        case .environment(let name): "environment \(name)"
        case .flag: "flag"
        }
    }
}
