import Foundation

/// A folder for one test, removed when the test ends.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("pillion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    var path: String { url.path }

    func write(_ text: String, to name: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Points the link `name` at `target` in one step, as the kubelet does.
    func link(_ name: String, to target: String) throws {
        // Safety: both paths live for the call.
        let temporary = url.appendingPathComponent(".\(name).new").path
        try FileManager.default.createSymbolicLink(atPath: temporary, withDestinationPath: target)
        guard unsafe rename(temporary, url.appendingPathComponent(name).path) == 0 else { throw POSIXError(.EIO) }
    }
}

/// A catalog with one sidecar, whose image is `registry.example/<image>`.
func catalogText(image: String = "one:1.0.0", name: String = "one") -> String {
    """
    apiVersion: pillion.dev/v1
    kind: Sidecar
    metadata: {name: \(name)}
    spec:
      phase: network
      versions: {1.0.0: {container: {image: "registry.example/\(image)"}}}
    """
}
