import JSON
import Manifests
import SidecarCatalog

/// The settings of a configuration file: one YAML mapping whose keys are the names of the flags.
struct SettingsFile {
    /// What the file may cost.
    static let limits = ManifestLimits(fileBytes: 1 << 20, totalBytes: 1 << 20, files: 1, nodes: 10_000)

    /// One setting of the file.
    struct Entry {
        let setting: Setting
        let values: [String]
        let place: String
    }

    /// The settings in the order of the file.
    let entries: [Entry]

    /// Reads the file at `path`.
    ///
    /// - Throws: What is wrong, with its place: an unknown key with the nearest name that is known.
    init(_ path: String, known: [Setting]) throws(SettingsError) {
        let documents: [ManifestDocument]
        do throws(ManifestError) {
            documents = try ManifestSource([path], limits: Self.limits).file(named: path).documents
        } catch {
            throw SettingsError(.unreadableFile, error.reason, at: "\(error.location)")
        }
        guard let document = documents.first else {
            // Nothing but comments.
            entries = []
            return
        }
        guard documents.count == 1 else {
            throw SettingsError(.notAMapping, "the file has \(documents.count) documents instead of one", at: path)
        }
        guard let object = document.value.object else {
            guard document.value.isNull else {
                throw SettingsError(.notAMapping, "the file is no mapping of settings to values", at: path)
            }
            entries = []
            return
        }
        var entries: [Entry] = []
        for member in object.members {
            entries.append(try Self.entry(member.key, member.value, document, known))
        }
        self.entries = entries
    }

    private static func entry(
        _ key: String,
        _ value: JSONValue,
        _ document: ManifestDocument,
        _ known: [Setting]
    ) throws(SettingsError) -> Entry {
        let place = "\(document.location(of: JSONPointer([key])))"
        guard let setting = known.first(where: { $0.name == key }) else {
            let nearest = NearestName.nearest(to: key, among: known.map(\.name)).map { "; did you mean \($0)?" } ?? ""
            throw SettingsError(.unknownSetting, "there is no setting \(Excerpt.quote(key))\(nearest)", at: place)
        }
        let elements = setting.isList ? value.array ?? [value] : [value]
        var values: [String] = []
        for element in elements {
            guard let text = text(of: element) else {
                let wanted = setting.isList ? "a value or a list of values" : "one value"
                throw SettingsError(.wrongValue, "\(key) must be \(wanted), not a \(element.kind)", at: place)
            }
            values.append(text)
        }
        return Entry(setting: setting, values: values, place: place)
    }

    /// A scalar as it would stand on a command line.
    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.lexeme
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
