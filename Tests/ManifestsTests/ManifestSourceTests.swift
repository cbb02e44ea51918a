import Foundation
import JSON
import Manifests
import Testing

@Suite("ManifestSource")
final class ManifestSourceTests {
    private let root: String

    init() throws {
        root = NSTemporaryDirectory() + "manifests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    private func write(_ path: String, _ text: String) throws {
        let url = URL(fileURLWithPath: root + "/" + path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: root + "/" + path, withDestinationPath: target)
    }

    private func names(_ limits: ManifestLimits = ManifestLimits()) throws -> [String] {
        try ManifestSource([root], limits: limits).names().map { String($0.dropFirst(root.count + 1)) }
    }

    private func code(_ body: () throws -> Void) -> ManifestError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ManifestError)?.code
        }
    }

    @Test("A folder yields its manifests in the order of their names, subfolders included")
    func folder() throws {
        for name in ["b.yaml", "a.yml", "c.json", "notes.txt", ".hidden.yaml", "sub/x.yaml", "a/z.yaml", ".git/y.yaml"]
        {
            try write(name, "{}")
        }
        #expect(try names() == ["a/z.yaml", "a.yml", "b.yaml", "c.json", "sub/x.yaml"])
    }

    @Test("A mounted ConfigMap is read through its links, once")
    func configMapMount() throws {
        try write("..2026_01_01/catalog.yaml", "kind: Catalog")
        try link("..data", to: "..2026_01_01")
        try link("catalog.yaml", to: "..data/catalog.yaml")
        let documents = try ManifestSource([root]).documents()
        #expect(documents.map(\.value) == [["kind": "Catalog"]])
        #expect(documents.first?.file == root + "/catalog.yaml")
    }

    @Test("Links that lead in a circle end")
    func circle() throws {
        try write("a/x.yaml", "{}")
        try link("a/loop", to: "..")
        #expect(try names() == ["a/x.yaml"])
        try link("self.yaml", to: "self.yaml")
        #expect(code { _ = try names() } == .unreadable)
    }

    @Test("Several paths are read in their order")
    func severalPaths() throws {
        try write("a.yaml", "a: 1")
        try write("b.txt", "b: 2")
        let documents = try ManifestSource([root + "/b.txt", root + "/a.yaml"]).documents()
        #expect(documents.map(\.value) == [["b": 2], ["a": 1]])
    }

    @Test("What is not there, or may not be read, is named")
    func failures() throws {
        let missing = root + "/none.yaml"
        #expect(code { _ = try ManifestSource([missing]).files() } == .notFound)
        try link("dangling.yaml", to: "none.yaml")
        #expect(code { _ = try names() } == .notFound)
        guard geteuid() != 0 else { return }
        try write("secret/x.yaml", "a: 1")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: root + "/secret/x.yaml")
        #expect(code { _ = try ManifestSource([root + "/secret/x.yaml"]).files() } == .permission)
    }

    @Test("A pipe among the files of a folder is refused before anybody waits for it")
    func pipe() throws {
        // Safety: the path is only read, before the call returns.
        let status = unsafe mkfifo(root + "/x.yaml", 0o600)
        try #require(status == 0)
        #expect(code { _ = try names() } == .unreadable)
    }

    @Test("A folder without manifests is an error, and so is standard input named twice")
    func nothing() throws {
        try write("notes.txt", "")
        try write("sub/.hidden.yaml", "a: 1")
        #expect(code { _ = try names() } == .notFound)
        #expect(code { _ = try ManifestSource(["-", "-"]).names() } == .unreadable)
        #expect(try ManifestSource(["-"]).names() == ["-"])
    }

    @Test("A file that is named twice, or found in a folder as well, is read once")
    func twice() throws {
        try write("a.yaml", "a: 1")
        try write("b.yaml", "b: 1")
        let (first, second) = (root + "/a.yaml", root + "/b.yaml")
        #expect(try ManifestSource([second, root, first, root + "/./b.yaml"]).names() == [second, first])
    }

    @Test("A folder that vanishes while it is read is named")
    func vanishedFolder() throws {
        try write("sub/x.yaml", "a: 1")
        let source = ManifestSource([root + "/sub"])
        let name = try #require(try source.names().first)
        try FileManager.default.removeItem(atPath: root + "/sub")
        #expect(code { _ = try source.file(named: name) } == .notFound)
        #expect(code { _ = try source.names() } == .notFound)
    }

    @Test("A folder with the name of a file is a folder")
    func folderNamedLikeFile() throws {
        try write("x.yaml/y.yaml", "a: 1")
        #expect(try names() == ["x.yaml/y.yaml"])
    }

    @Test("A file that vanishes after it was listed is named")
    func vanished() throws {
        try write("x.yaml", "a: 1")
        let source = ManifestSource([root])
        let name = try #require(try source.names().first)
        try FileManager.default.removeItem(atPath: name)
        #expect(code { _ = try source.file(named: name) } == .notFound)
    }

    @Test("Sizes and numbers are limited")
    func limits() throws {
        try write("a.yaml", "a: 1")
        try write("b.yaml", "b: 1")
        #expect(code { _ = try ManifestSource([root], limits: ManifestLimits(fileBytes: 3)).files() } == .tooLarge)
        #expect(code { _ = try ManifestSource([root], limits: ManifestLimits(totalBytes: 6)).files() } == .tooLarge)
        #expect(code { _ = try names(ManifestLimits(files: 1)) } == .tooManyFiles)
    }

    @Test("An endless file is not read to its end")
    func endlessFile() {
        let limits = ManifestLimits(fileBytes: 100_000)
        #expect(code { _ = try ManifestSource(["/dev/zero"], limits: limits).files() } == .tooLarge)
    }

    @Test("Errors carry the file's name and place")
    func errorPlace() throws {
        try write("a.yaml", "a: 1\na: 2\n")
        let name = root + "/a.yaml"
        #expect { try ManifestSource([name]).files() } throws: { error in
            (error as? ManifestError)?.location.description == name + ":2:1"
        }
    }

    @Test("A ConfigMap's entries are opened up")
    func configMap() throws {
        try write(
            "cm.yaml",
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n    x: 1\n    ---\n    w: 2\n  note: text\n---\nz: 3\n"
        )
        let documents = try ManifestReader.configMapDocuments(try ManifestSource([root]).documents())
        #expect(documents.map(\.value) == [["x": 1], ["w": 2], ["z": 3]])
        #expect(documents.first?.file == root + "/cm.yaml[data/a.yaml]")
    }
}
