import Injection
import JSON
import Manifests

/// Injects every pod of a manifest file.
struct ManifestInjector {
    let injector: PodInjector
    /// What holds for pods whose manifest says nothing else.
    let environment: PodEnvironment
    let templates: PodTemplatePaths

    /// The file with its pods injected.
    ///
    /// - Throws: The place of a pod that is none.
    func inject(_ file: ManifestFile) throws -> InjectedFile {
        var values: [JSONValue] = []
        var edits: [DocumentEdit] = []
        var patches: [InjectedFile.DocumentPatch] = []
        var report: [String] = []
        var isDenied = false
        for document in file.documents {
            let found = pods(in: document)
            var value = document.value
            var patch = JSONPatch()
            for (template, environment) in found {
                let outcome = try decide(template, value, document, environment)
                report += lines(outcome, template, document)
                if case .deny = outcome.decision { isDenied = true }
                let change = outcome.decision.patch.moved(below: template.pointer)
                value = try change.applied(to: value)
                patch.operations += change.operations
            }
            values.append(value)
            if !found.isEmpty { patches.append(.init(index: document.index, patch: patch)) }
            if !patch.operations.isEmpty { edits.append(DocumentEdit(index: document.index, value: value)) }
        }
        let edited = file.applying(edits)
        report += InjectedFile.notes(on: edited, of: file)
        return InjectedFile(
            name: file.name,
            original: file.bytes,
            text: edited.bytes,
            values: values,
            patches: patches,
            report: report,
            isJSON: file.documents.contains { $0.format == .json },
            isDenied: isDenied
        )
    }

    /// The pods of a document with what holds for each; the pod of a saved AdmissionReview included.
    private func pods(in document: ManifestDocument) -> [(PodTemplate, PodEnvironment)] {
        PodTemplates.find(in: document.value, paths: templates).map { template in
            var environment = environment
            // A Pod knows its owner itself.
            if template.pointer != template.workload {
                environment.workload = template.name.map { Workload(kind: template.kind, name: $0) }
            }
            if let namespace = template.namespace, !namespace.isEmpty { environment.namespace = namespace }
            return (template, environment)
        }
    }

    private func decide(
        _ template: PodTemplate,
        _ value: JSONValue,
        _ document: ManifestDocument,
        _ environment: PodEnvironment
    ) throws -> InjectionOutcome {
        do throws(PodError) {
            return injector.decide(try Pod(json: value[template.pointer] ?? .null), in: environment)
        } catch {
            let place = document.location(of: template.pointer.appending(error.location))
            throw CommandFailure("\(place): \(template.kind) \(template.name ?? "without a name"): \(error.reason)")
        }
    }

    /// What happened to a pod, and what its author should know, for a person to read.
    private func lines(_ outcome: InjectionOutcome, _ template: PodTemplate, _ document: ManifestDocument) -> [String] {
        let subject = "\(document.location(of: template.workload)): \(template.kind)/\(template.name ?? "(generated)")"
        let reason = outcome.decision.reason
        var lines: [String] = []
        switch outcome.decision {
        case .inject: lines.append("\(subject): \(reason.message)")
        case .skip: lines.append("\(subject): not injected: \(reason.message) (\(reason.code.rawValue))")
        case .deny: lines.append("\(subject): denied: \(reason.message) (\(reason.code.rawValue))")
        }
        lines += outcome.warnings.map { "\(subject): warning: \($0.text) (\($0.code.rawValue))" }
        let misplaced = ManifestWorkload(template, in: document).misplacedAnnotations(injector)
        return lines + misplaced.map { "\(subject): warning: \($0.text) (\($0.code.rawValue))" }
    }
}
