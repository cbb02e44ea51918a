/// A value that a program takes by flag, by environment variable and from its configuration file.
public struct Setting: Sendable, Hashable {
    /// The name of the flag without dashes and of the file's key: `max-body-bytes`.
    public let name: String
    /// Whether there may be several values: a flag that repeats, a list in the file, commas in the variable.
    public let isList: Bool
    /// Whether it is on or off: a flag without a value, `true` or `false` elsewhere.
    public let isSwitch: Bool

    /// Names a setting.
    public init(_ name: String, isList: Bool = false, isSwitch: Bool = false) {
        self.name = name
        self.isList = isList
        self.isSwitch = isSwitch
    }

    /// The environment variable: `PILLION_MAX_BODY_BYTES`.
    public var variable: String {
        "PILLION_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// The words of a command line that give it a value.
    ///
    /// A switch that is neither on nor off gets words that the command refuses.
    func words(_ value: String) -> [String] {
        guard isSwitch, value == "true" || value == "false" else { return ["--\(name)=\(value)"] }
        return value == "true" ? ["--\(name)"] : []
    }

    /// Whether `word` of a command line gives this setting.
    func isGiven(by word: String) -> Bool {
        word == "--\(name)" || word.hasPrefix("--\(name)=")
    }
}
