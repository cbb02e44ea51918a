/// Why manifests could not be read, and where.
public struct ManifestError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// The file is UTF-16 or UTF-32, has bytes that are not UTF-8, or characters that YAML does not allow.
        case encoding
        /// The text is neither YAML nor JSON.
        case syntax
        /// A tab where YAML wants spaces.
        case tab
        /// The same key twice in one mapping.
        case duplicateKey
        /// A mapping key that has no JSON equivalent.
        case unsupportedKey
        /// A tag that is not one of YAML's own, or that does not fit its value.
        case unsupportedTag
        /// A number that JSON cannot hold: infinite or not a number.
        case unsupportedNumber
        /// An alias without its anchor, or inside it.
        case invalidAlias
        /// A merge key whose value is no mapping.
        case invalidMerge
        /// More nesting than the limit.
        case tooDeep
        /// More nodes than the limit, aliases expanded.
        case tooManyNodes
        /// More bytes than the limit.
        case tooLarge
        /// More files than the limit.
        case tooManyFiles
        /// The file or folder does not exist, or went away while it was read.
        case notFound
        /// The file or folder may not be read.
        case permission
        /// The operating system failed to read the file or folder.
        case unreadable
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people: what happened, to what, what to do.
    public let reason: String
    /// Where.
    public let location: ManifestLocation

    /// Makes an error.
    public init(code: Code, reason: String, location: ManifestLocation) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Whether two errors have the same code and place.
    public static func == (left: ManifestError, right: ManifestError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension ManifestError: CustomStringConvertible {
    /// The place and the reason, as compilers print them.
    public var description: String {
        "\(location): \(reason)"
    }
}
