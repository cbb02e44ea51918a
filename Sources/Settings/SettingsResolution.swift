/// Settles what a program is told by flags, environment variables and a configuration file.
///
/// | source | strength |
/// |---|---|
/// | flag | strongest |
/// | environment variable `PILLION_NAME` that is not empty | |
/// | file, named by `--config` or `PILLION_CONFIG` | |
/// | default | weakest |
///
/// A list is taken whole from the strongest source that gives it. Variables that name no setting are not looked at:
/// Kubernetes sets some for a Service named `pillion`.
public struct SettingsResolution: Sendable {
    /// The file's own setting, which a file cannot give.
    public static let file = Setting("config")

    /// What is to be added to the command line, so that it says everything.
    public let additions: [(setting: Setting, source: SettingSource, words: [String])]
    private let sources: [String: SettingSource]

    /// Settles the settings.
    ///
    /// - Parameters:
    ///   - known: The settings that there are.
    ///   - words: The command line.
    ///   - environment: Gives the value of an environment variable, or nil when it is not set.
    /// - Throws: What is wrong with the file; values are for the command's own parser to judge.
    public init(
        known: [Setting],
        words: [String],
        environment: (String) -> String?
    ) throws(SettingsError) {
        var sources: [String: SettingSource] = [:]
        var additions: [(setting: Setting, source: SettingSource, words: [String])] = []
        var fileEntries: [Setting: SettingsFile.Entry] = [:]
        if let path = try Self.path(words, environment) {
            for entry in try SettingsFile(path, known: known).entries { fileEntries[entry.setting] = entry }
        }
        for setting in known {
            guard !words.contains(where: setting.isGiven) else {
                sources[setting.name] = .flag
                continue
            }
            let given: (source: SettingSource, values: [String])
            if let value = environment(setting.variable), !value.isEmpty {
                given = (.environment(setting.variable), Self.values(value, of: setting))
            } else if let entry = fileEntries[setting] {
                given = (.file(entry.place), entry.values)
            } else {
                continue
            }
            sources[setting.name] = given.source
            additions.append((setting, given.source, given.values.flatMap(setting.words)))
        }
        self.sources = sources
        self.additions = additions
    }

    /// Where the value of a setting comes from.
    public func source(of name: String) -> SettingSource {
        sources[name] ?? .standard
    }

    private static func values(_ text: String, of setting: Setting) -> [String] {
        guard setting.isList else { return [text] }
        return text.split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The configuration file that is named.
    private static func path(
        _ words: [String],
        _ environment: (String) -> String?
    ) throws(SettingsError) -> String? {
        var paths: [String] = []
        for (index, word) in words.enumerated() where file.isGiven(by: word) {
            let value = word.hasPrefix("--config=") ? String(word.dropFirst(9)) : words.dropFirst(index + 1).first ?? ""
            paths.append(value)
        }
        guard paths.count < 2, paths.first != "" else {
            throw SettingsError(.ambiguousFile, "name one configuration file", at: "--config")
        }
        if let path = paths.first { return path }
        return environment(file.variable).flatMap { $0.isEmpty ? nil : $0 }
    }
}
