import Spelling

/// What the command line and the environment say; the command line wins.
struct ProxyOptions: Equatable {
    /// What the program is to do.
    enum Command: String, CaseIterable {
        case serve
        case validate
        case fields
        case drain
        case quit
        case ready
        case help
        case version
    }

    /// A setting: its flag, and its environment variable by the same name, `PILLION_HEALTH_PORT` for `--health-port`.
    enum Setting: String, CaseIterable {
        case config
        case listen
        case app
        case appAddress = "app-address"
        case healthPort = "health-port"
        case metricsPort = "metrics-port"
        case adminPort = "admin-port"
        case concurrency
        case lifeCycle = "life-cycle"
        case gracePeriod = "grace-period"
        case logLevel = "log-level"
        case otlpEndpoint = "otlp-endpoint"
        case traceShare = "trace-share"

        /// The environment variable.
        var variable: String {
            "PILLION_" + String(rawValue.map { $0 == "-" ? "_" : $0 }).uppercased()
        }
    }

    /// What to do.
    var command = Command.serve
    /// The files that `validate` looks at, besides that of `--config`.
    var files: [String] = []
    private var values: [String: String] = [:]

    /// The value of a setting, or nil when it is not given.
    subscript(_ setting: Setting) -> String? { values[setting.rawValue] }

    /// Reads the command line, without the program's name, and the environment.
    ///
    /// - Throws: At the first word that is not understood.
    init(arguments: [String], environment: (String) -> String?) throws(UsageError) {
        for setting in Setting.allCases {
            // An empty variable is how a pod's template says "not set".
            if let value = environment(setting.variable), !value.isEmpty { values[setting.rawValue] = value }
        }
        var rest = arguments[...]
        var given: Set<String> = []
        var hasCommand = false
        while let word = rest.popFirst() {
            switch word {
            case "-h", "--help": command = .help
            case "--version": command = .version
            case _ where !word.hasPrefix("-"):
                if hasCommand, command == .validate {
                    files.append(word)
                    continue
                }
                guard !hasCommand, let named = Command(rawValue: word) else { throw Self.unexpected(word) }
                hasCommand = true
                command = named
            default:
                let (setting, value) = try Self.flag(word, &rest)
                guard given.insert(setting.rawValue).inserted else {
                    throw UsageError(reason: "--\(setting.rawValue) is given twice")
                }
                values[setting.rawValue] = value
            }
        }
    }

    private static func unexpected(_ word: String) -> UsageError {
        let commands = Command.allCases.map(\.rawValue)
        let nearest = NearestName.nearest(to: word, among: commands)
        let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "commands: \(commands.joined(separator: ", "))"
        return UsageError(reason: "unexpected \"\(word)\"; \(hint)")
    }

    private static func flag(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> (Setting, String) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first.map(String.init) ?? word
        let flag = name == "-c" ? "config" : name.hasPrefix("--") ? String(name.dropFirst(2)) : ""
        guard let setting = Setting(rawValue: flag) else {
            let known = Setting.allCases.map { "--\($0.rawValue)" } + ["--help", "--version"]
            let nearest = NearestName.nearest(to: name, among: known)
            let hint = nearest.map { "did you mean \($0)?" } ?? "known: \(known.joined(separator: ", "))"
            throw UsageError(reason: "unknown flag \"\(name)\"; \(hint)")
        }
        guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst(), !value.isEmpty else {
            throw UsageError(reason: "\(name) needs a value")
        }
        return (setting, value)
    }
}
