public import Foundation

/// Test data that lies in the repository.
public enum Fixture {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// The root of the repository.
    public static var repository: URL {
        folder.deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The AdmissionReviews captured from a real API server, by file name without `.json`.
    public static var admissionReviews: [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("admission").path
        )
        return (names ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// The bytes of one captured AdmissionReview.
    public static func admissionReview(_ name: String) throws -> [UInt8] {
        try bytes("admission/\(name).json")
    }

    /// The manifests that are written every way that people write them, by file name.
    public static var manifests: [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("manifests").path
        )
        return (names ?? []).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }.sorted()
    }

    /// The bytes of one of `manifests`.
    public static func manifest(_ name: String) throws -> [UInt8] {
        try bytes("manifests/\(name)")
    }

    /// The bytes of a file below `Tests/Fixtures`.
    public static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    }
}
