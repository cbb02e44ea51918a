/// A value that a program takes by flag, by environment variable and from its configuration file.
public struct Setting: Sendable, Hashable {
    /// The name of the flag without dashes and of the file's key: `max-body-bytes`.
    public let name: String
    /// Whether there may be several values: a flag that repeats, a list in the file, commas in the variable.
    public let isList: Bool

    /// Names a setting.
    public init(_ name: String, isList: Bool = false) {
        self.name = name
        self.isList = isList
    }

    /// The environment variable: `PILLION_MAX_BODY_BYTES`.
    public var variable: String {
        "PILLION_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// Whether `word` of a command line gives this setting.
    func isGiven(by word: String) -> Bool {
        word == "--\(name)" || word.hasPrefix("--\(name)=")
    }
}
