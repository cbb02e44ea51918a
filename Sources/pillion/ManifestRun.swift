import Injection
import ManifestInjection
import Manifests

/// Goes over manifest files one after the other, so that memory does not grow with their number.
struct ManifestRun {
    private let source: ManifestSource

    /// Makes a run over files, folders and `-`.
    init(_ paths: [String]) {
        source = ManifestSource(paths)
    }

    /// Changes each file and hands it on, unless a pod in it is denied; what happened goes to standard error.
    ///
    /// - Parameters:
    ///   - change: What becomes of a file.
    ///   - body: Called with each file that is to be written.
    /// - Returns: Whether a pod is denied.
    /// - Throws: What is wrong with the input, or what `body` throws.
    func forEachFile(
        _ change: (ManifestFile) throws -> InjectedFile,
        _ body: (InjectedFile) throws -> Void
    ) throws -> Bool {
        let names = try source.names()
        var progress = ProgressLine(total: names.count, "files")
        defer { progress.clear() }
        var isDenied = false
        for name in names {
            let file = try change(try source.file(named: name))
            if !file.reports.isEmpty { progress.clear() }
            for report in file.reports { Console.note(report.description) }
            isDenied = isDenied || file.isDenied
            if !file.isDenied || file.isWrittenWhenDenied { try body(file) }
            progress.step()
        }
        return isDenied
    }

    /// Refuses a choice of workloads that has chosen nothing.
    static func checkChoice(_ filter: WorkloadFilter) throws {
        guard !filter.missed.isEmpty else { return }
        throw CommandFailure(filter.missed.joined(separator: "\n"))
    }
}
