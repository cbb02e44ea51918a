/// What is wrong with the settings that a program is given.
public struct SettingsError: Error, Sendable, Equatable {
    /// The kinds of mistakes.
    public enum Code: String, Sendable, CaseIterable {
        /// The file cannot be read, or is not YAML.
        case unreadableFile
        /// The file is not one document with a mapping.
        case notAMapping
        /// There is no setting of that name.
        case unknownSetting
        /// A value is nothing that a setting can be: a mapping, null, a list for a setting that takes one value.
        case wrongValue
        /// The configuration file is named twice, or without a name.
        case ambiguousFile
    }

    /// The kind of mistake.
    public let code: Code
    /// What is wrong and what to do.
    public let reason: String
    /// The place: a file with line and column, or the variable.
    public let location: String

    /// Makes an error.
    public init(_ code: Code, _ reason: String, at location: String) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Errors are equal when code and location are.
    public static func == (left: SettingsError, right: SettingsError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension SettingsError: CustomStringConvertible {
    /// The place and the reason on one line.
    public var description: String { "\(location): \(reason)" }
}
