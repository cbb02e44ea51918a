import JSON
public import Manifests
public import SidecarCatalog

/// Reads a catalog from a file, a folder or a ConfigMap mount.
public enum CatalogReader {
    /// What a path holds.
    public struct Reading: Sendable {
        /// The catalog; nil when something is wrong with it.
        public let catalog: Catalog?
        /// What the loader says about the documents.
        public let diagnostics: Diagnostics
        /// Why the files could not be read at all; nil when they could.
        public let error: ManifestError?
        /// The documents that the catalog was made of.
        public let documents: [CatalogDocument]
        /// The text of each file, by the names that the documents have.
        public let texts: [String: [UInt8]]
        /// What the files were when they were read; nil when they never were the same before and after.
        public internal(set) var stamp: CatalogStamp?

        /// Everything that is wrong, a line a finding, with its place.
        public var problems: String {
            if let error { return error.description }
            let errors = diagnostics.filter { $0.severity == .error }.map(\.description)
            return errors.isEmpty && catalog == nil ? "the catalog is empty" : errors.joined(separator: "\n")
        }
    }

    /// A catalog is text written by people: 16 MiB in all, 4,000 files, and in one file half a million values, which is
    /// 3,000 sidecars and more.
    public static let limits = ManifestLimits(fileBytes: 16 << 20, totalBytes: 16 << 20, files: 4000, nodes: 500_000)

    /// How often a read is repeated when the files change under it.
    private static let maximumAttempts = 5

    /// Files that kustomize keeps beside the catalog, and that are no part of it.
    private static let kustomizations = ["kustomization.yaml", "kustomization.yml"]

    /// The files of the catalog at `path`, a kustomization beside them left out.
    public static func files(_ path: String) throws(ManifestError) -> [ManifestFile] {
        let source = ManifestSource([path], limits: limits)
        var files: [ManifestFile] = []
        var total = 0
        for name in try source.names() where !kustomizations.contains(baseName(name)) {
            let file = try source.file(named: name)
            total += file.bytes.count
            guard total <= limits.totalBytes else {
                let reason = "the catalog has more than \(limits.totalBytes) bytes"
                throw ManifestError(code: .tooLarge, reason: reason, location: ManifestLocation(file: name))
            }
            files.append(file)
        }
        return files
    }

    /// Reads the catalog at `path` as its files were at one moment; ConfigMaps among the documents stand for the
    /// documents in their data.
    ///
    /// A mount whose `..data` link is swapped between two files would be a catalog that nobody wrote, so that all is
    /// read again when anything has changed by the end.
    public static func read(_ path: String) -> Reading {
        var before = CatalogStamp(path: path)
        for _ in 0..<maximumAttempts {
            var reading = readOnce(path)
            let after = CatalogStamp(path: path)
            if after == before {
                reading.stamp = before
                return reading
            }
            before = after
        }
        let reason = "the files change again and again while they are read; replace them in one step"
        return failure(ManifestError(code: .unreadable, reason: reason, location: ManifestLocation(file: path)))
    }

    private static func readOnce(_ path: String) -> Reading {
        do throws(ManifestError) {
            let files = try files(path)
            let opened = try ManifestReader.configMapDocuments(files.flatMap(\.documents), limits: limits)
            // A mount that was emptied is no catalog without sidecars, under which every pod that asks is denied.
            guard opened.contains(where: { !$0.value.isNull }) else {
                let reason = "there is no document in a .yaml, .yml or .json file here; check the path"
                throw ManifestError(code: .notFound, reason: reason, location: ManifestLocation(file: path))
            }
            let documents = opened.map { CatalogDocument(file: $0.file, value: $0.value, source: $0.source) }
            let loaded = CatalogLoader.load(documents)
            return Reading(
                catalog: loaded.catalog,
                diagnostics: loaded.diagnostics,
                error: nil,
                documents: documents,
                texts: Dictionary(files.map { ($0.name, $0.bytes) }) { first, _ in first }
            )
        } catch {
            return failure(error)
        }
    }

    private static func failure(_ error: ManifestError) -> Reading {
        Reading(catalog: nil, diagnostics: Diagnostics(), error: error, documents: [], texts: [:])
    }

    /// The last part of a path.
    public static func baseName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
