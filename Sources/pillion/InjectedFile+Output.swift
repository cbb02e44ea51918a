import ManifestInjection
import Manifests
import Reports

extension InjectedFile {
    /// The change of the text in the unified format, coloured for a terminal; empty when nothing changes.
    func diff(label: String) -> String {
        UnifiedDiff.text(
            original,
            text,
            names: (name, "\(name)\t\(label)"),
            style: TextStyle(isColored: Console.isColored)
        )
    }

    /// Writes the file back to where it came from, when it changes.
    func replace() throws {
        guard isChanged else { return }
        try OutputFile.replace(name, with: text)
    }

    /// Refuses to change standard input in place.
    static func checkPlaces(_ paths: [String]) throws {
        guard !paths.contains(ManifestSource.standardInput) else {
            throw CommandFailure("standard input cannot be changed in place; name files")
        }
    }
}
