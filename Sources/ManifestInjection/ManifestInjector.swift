public import Injection
import JSON
public import Manifests

/// Injects every pod of a manifest file.
public struct ManifestInjector: Sendable {
    private let injector: PodInjector
    private let scope: WorkloadScope

    /// Makes an injector of the pods in `scope`.
    public init(injector: PodInjector, scope: WorkloadScope) {
        self.injector = injector
        self.scope = scope
    }

    /// The file with its pods injected.
    ///
    /// - Parameters:
    ///   - file: What was read.
    ///   - filter: Which workloads are meant; it learns which of them there are.
    /// - Returns: The file, changed or not, with what is to be said about it.
    /// - Throws: The place of a pod that is none.
    public func inject(_ file: ManifestFile, chosenBy filter: inout WorkloadFilter) throws(WorkloadError)
        -> InjectedFile
    {
        var values: [JSONValue] = []
        var patches: [InjectedFile.DocumentPatch] = []
        var reports: [WorkloadReport] = []
        for document in file.documents {
            guard document.value.isResourceList else {
                let change = try inject(document, in: scope, &filter)
                reports += change.reports
                values.append(change.value)
                if change.hasPods { patches.append(.init(index: document.index, patch: change.patch)) }
                continue
            }
            let configuration = try FunctionConfiguration(of: document, from: scope, filter: filter)
            var chosen = configuration.filter
            var change = try inject(document, in: configuration.scope, &chosen)
            let missed = chosen.missed.map { WorkloadReport(.error, at: document.location(of: JSONPointer()), $0) }
            change.reports += missed
            reports += change.reports
            change.add(FunctionResults.operation(change.reports, in: document.value))
            values.append(change.value)
            patches.append(.init(index: document.index, patch: change.patch))
        }
        return InjectedFile(
            file,
            values: values,
            patches: patches,
            reports: reports,
            isWrittenWhenDenied: file.documents.contains { $0.value.isResourceList }
        )
    }

    private func inject(
        _ document: ManifestDocument,
        in scope: WorkloadScope,
        _ filter: inout WorkloadFilter
    ) throws(WorkloadError) -> DocumentChange {
        var change = DocumentChange(document.value)
        for workload in ManifestWorkload.find(in: document, paths: scope.templates) {
            guard filter.chooses(workload) else {
                change.reports.append(WorkloadReport(.info, workload, "left out: it is not chosen"))
                continue
            }
            let outcome = injector.decide(try workload.pod(), in: workload.environment(from: scope.environment))
            change.reports.append(.decision(outcome.decision, on: workload))
            change.reports += outcome.warnings.map { .warning($0, on: workload) }
            change.reports += workload.misplacedAnnotations(injector).map { .warning($0, on: workload) }
            change.hasPods = true
            change.add(outcome.decision.patch.moved(below: workload.template.pointer))
        }
        return change
    }
}
