import Foundation
import Settings
import Testing

@Suite struct SettingsResolutionTests {
    private static let known = [Setting("listen"), Setting("max-body-bytes"), Setting("client-name", isList: true)]
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("settings-\(UUID().uuidString)")

    /// The words that are added for a command line, an environment, and a file with this text.
    private func resolve(
        _ words: [String] = [],
        _ environment: [String: String] = [:],
        file: String? = nil
    ) throws -> SettingsResolution {
        var words = words
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        if let file {
            let path = folder.appendingPathComponent("config.yaml")
            try Data(file.utf8).write(to: path)
            words += ["--config", path.path]
        }
        return try SettingsResolution(known: Self.known, words: words) { environment[$0] }
    }

    private func words(_ resolution: SettingsResolution) -> [String] {
        resolution.additions.flatMap(\.words)
    }

    @Test("the variable is the flag in capitals")
    func variable() {
        #expect(Setting("max-body-bytes").variable == "PILLION_MAX_BODY_BYTES")
    }

    @Test("a flag is stronger than the environment, and that than the file")
    func precedence() throws {
        let file = "listen: file:1\nmax-body-bytes: 1\nclient-name: [a]\n"
        let all = try resolve(
            ["--listen=flag:1"],
            ["PILLION_LISTEN": "e:1", "PILLION_MAX_BODY_BYTES": "2"],
            file: file
        )
        #expect(words(all) == ["--max-body-bytes=2", "--client-name=a"])
        #expect(all.source(of: "listen") == .flag)
        #expect(all.source(of: "max-body-bytes") == .environment("PILLION_MAX_BODY_BYTES"))
        guard case .file(let place) = all.source(of: "client-name") else {
            Issue.record("\(all.source(of: "client-name"))")
            return
        }
        #expect(place.hasSuffix("config.yaml:3:14"))
        #expect(try resolve().source(of: "listen") == .standard)
    }

    @Test("a flag counts in both spellings", arguments: [["--listen", "x:1"], ["--listen=x:1"]])
    func spellings(flag: [String]) throws {
        #expect(try words(resolve(flag, ["PILLION_LISTEN": "e:1"])) == [])
    }

    @Test("a flag whose name only begins alike does not count")
    func prefix() throws {
        #expect(try words(resolve(["--listener=x"], ["PILLION_LISTEN": "e:1"])) == ["--listen=e:1"])
    }

    @Test("an empty variable is none, and lists are split at commas")
    func environment() throws {
        #expect(try words(resolve([], ["PILLION_LISTEN": ""])) == [])
        let names = try words(resolve([], ["PILLION_CLIENT_NAME": "a, b,spiffe://c/d"]))
        #expect(names == ["--client-name=a", "--client-name=b", "--client-name=spiffe://c/d"])
    }

    @Test("scalars are taken as they are spelled, and an empty file says nothing")
    func scalars() throws {
        let resolution = try resolve(file: "listen: \"[::]:1\"\nmax-body-bytes: 1024\nclient-name: one\n")
        #expect(words(resolution) == ["--listen=[::]:1", "--max-body-bytes=1024", "--client-name=one"])
        #expect(try words(resolve(file: "# nothing\n")) == [])
    }

    @Test(
        "what is wrong is told with its place",
        arguments: [
            ("listen: a\nlisten: b\n", SettingsError.Code.unreadableFile, ":2:1"),
            ("- a\n", .notAMapping, "config.yaml"),
            ("a: [\n", .unreadableFile, ":2:1"), ("listen: a\n---\nlisten: b\n", .notAMapping, "config.yaml"),
            ("\nlistn: a\n", .unknownSetting, ":2:8"), ("listen: [a]\n", .wrongValue, ":1:9"),
            ("listen: {a: b}\n", .wrongValue, ":1:9"), ("listen:\n", .wrongValue, ":1"),
        ]
    )
    func mistakes(text: String, code: SettingsError.Code, place: String) throws {
        let error = try #require(throws: SettingsError.self) { try resolve(file: text) }
        #expect(error.code == code, "\(error)")
        #expect(error.location.contains(place), "\(error)")
    }

    @Test("an unknown key is answered with the nearest that is known")
    func nearest() throws {
        let error = try #require(throws: SettingsError.self) { try resolve(file: "max-body-byte: 1\n") }
        #expect(error.reason.contains("did you mean max-body-bytes?"))
    }

    @Test("the file is named once, by flag or variable")
    func file() throws {
        #expect(throws: SettingsError(.ambiguousFile, "", at: "--config")) {
            try resolve(["--config", "a", "--config=b"])
        }
        #expect(throws: SettingsError(.ambiguousFile, "", at: "--config")) { try resolve(["--config"]) }
        #expect(throws: SettingsError(.unreadableFile, "", at: "/nowhere/x.yaml")) {
            try resolve([], ["PILLION_CONFIG": "/nowhere/x.yaml"])
        }
    }

    @Test(
        "A switch is a flag without a value, and what is neither on nor off is left to the command",
        arguments: [("true", ["--quiet"]), ("false", []), ("maybe", ["--quiet=maybe"])]
    )
    func resolvesSwitches(value: String, words: [String]) throws {
        let known = [Setting("quiet", isSwitch: true)]
        let resolution = try SettingsResolution(
            known: known,
            words: [],
            environment: { $0 == "PILLION_QUIET" ? value : nil }
        )
        #expect(resolution.additions.flatMap(\.words) == words)
    }
}
