import Fixtures
import Foundation
import Testing

/// Runs the real binaries: those of `PILLION_BIN_DIR`, else the debug build of this package.
enum Program {
    /// What a run came to.
    struct Result {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    private static var folder: URL {
        if let path = ProcessInfo.processInfo.environment["PILLION_BIN_DIR"] { return URL(fileURLWithPath: path) }
        return Fixture.repository.appendingPathComponent(".build/debug")
    }

    /// The catalog that ships with the chart.
    static let catalog = Fixture.repository.appendingPathComponent("charts/pillion/catalog").path

    /// Runs a program to its end, for at most 60 seconds.
    static func run(_ name: String = "pillion", _ arguments: [String], input: [UInt8] = []) throws -> Result {
        let process = Process()
        process.executableURL = folder.appendingPathComponent(name)
        process.arguments = arguments
        let files = try Files(input: input)
        process.standardInput = try FileHandle(forReadingFrom: files.input)
        process.standardOutput = try FileHandle(forWritingTo: files.output)
        process.standardError = try FileHandle(forWritingTo: files.errors)
        try process.run()
        let watchdog = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
        process.waitUntilExit()
        watchdog.cancel()
        return Result(
            status: process.terminationStatus,
            output: [UInt8](try Data(contentsOf: files.output)),
            errors: String(decoding: try Data(contentsOf: files.errors), as: UTF8.self)
        )
    }

    /// The streams of a run as files, which cannot fill up as pipes can.
    private final class Files {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pillion-\(UUID().uuidString)")
        var input: URL { folder.appendingPathComponent("input") }
        var output: URL { folder.appendingPathComponent("output") }
        var errors: URL { folder.appendingPathComponent("errors") }

        init(input bytes: [UInt8]) throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: input)
            try Data().write(to: output)
            try Data().write(to: errors)
        }

        deinit {
            try? FileManager.default.removeItem(at: folder)
        }
    }
}
