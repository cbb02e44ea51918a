public import Injection
import JSON
public import Manifests

/// Takes the sidecars out of every pod of a manifest file.
public struct ManifestRemover: Sendable {
    private let remover: SidecarRemover
    private let templates: PodTemplatePaths

    /// Makes a remover.
    public init(remover: SidecarRemover, templates: PodTemplatePaths) {
        self.remover = remover
        self.templates = templates
    }

    /// The file without sidecars; it counts as denied when a pod does not match its status.
    ///
    /// - Parameters:
    ///   - file: What was read.
    ///   - filter: Which workloads are meant; it learns which of them there are.
    /// - Returns: The file, changed or not, with what is to be said about it.
    /// - Throws: The place of a pod that is none.
    public func remove(
        from file: ManifestFile,
        chosenBy filter: inout WorkloadFilter
    ) throws(WorkloadError) -> InjectedFile {
        var values: [JSONValue] = []
        var reports: [WorkloadReport] = []
        for document in file.documents {
            var change = DocumentChange(document.value)
            for workload in ManifestWorkload.find(in: document, paths: templates) {
                guard filter.chooses(workload) else {
                    reports.append(WorkloadReport(.info, workload, "left out: it is not chosen"))
                    continue
                }
                let pod = try workload.pod()
                do throws(RemovalError) {
                    let removal = try remover.remove(from: pod)
                    let sidecars = removal.sidecars.joined(separator: ", ")
                    reports.append(WorkloadReport(.info, workload, "removed \(sidecars)"))
                    change.add(JSONPatch([.replace(path: workload.template.pointer, value: removal.pod)]))
                } catch {
                    let severity: WorkloadReport.Severity = error.code == .notInjected ? .info : .error
                    let text = "left as it is: \(error.reason)"
                    reports.append(WorkloadReport(severity, workload, text, code: error.code.rawValue))
                }
            }
            values.append(change.value)
        }
        // A mismatch of one pod says nothing about the others.
        return InjectedFile(file, values: values, patches: [], reports: reports, isWrittenWhenDenied: true)
    }
}
