public import Foundation

/// The public conformance data, which stays outside the repository.
///
/// `PILLION_SUITES` names the folder that holds it. Without it the suites do not run, and the tests say so.
public enum Suites {
    /// The folder of one suite, or nil when the data is not there.
    public static func folder(_ name: String) -> URL? {
        guard let root = ProcessInfo.processInfo.environment["PILLION_SUITES"] else {
            FileHandle.standardError.write(Data("PILLION_SUITES IS NOT SET: THE SUITE \(name) DOES NOT RUN\n".utf8))
            return nil
        }
        return URL(fileURLWithPath: root).appendingPathComponent(name)
    }
}
