import Injection
import JSON
import Manifests

/// Takes the sidecars out of every pod of a manifest file.
struct ManifestRemover {
    let remover: SidecarRemover
    let templates: PodTemplatePaths

    /// The file without sidecars; it counts as denied when a pod does not match its status.
    ///
    /// - Throws: The place of a pod that is none.
    func remove(from file: ManifestFile) throws -> InjectedFile {
        var values: [JSONValue] = []
        var edits: [DocumentEdit] = []
        var report: [String] = []
        var isRefused = false
        for document in file.documents {
            var value = document.value
            for template in PodTemplates.find(in: document.value, paths: templates) {
                let place = document.location(of: template.workload)
                let subject = "\(place): \(template.kind)/\(template.name ?? "(generated)")"
                let pod = try pod(template, document)
                do throws(RemovalError) {
                    let removal = try remover.remove(from: pod)
                    report.append("\(subject): removed \(removal.sidecars.joined(separator: ", "))")
                    let change = JSONPatch([.replace(path: template.pointer, value: removal.pod)])
                    value = (try? change.applied(to: value)) ?? value
                } catch {
                    report.append("\(subject): left as it is: \(error.reason) (\(error.code.rawValue))")
                    isRefused = isRefused || error.code != .notInjected
                }
            }
            values.append(value)
            if value != document.value { edits.append(DocumentEdit(index: document.index, value: value)) }
        }
        let edited = file.applying(edits)
        return InjectedFile(
            name: file.name,
            original: file.bytes,
            text: edited.bytes,
            values: values,
            patches: [],
            report: report + InjectedFile.notes(on: edited, of: file),
            isJSON: file.documents.contains { $0.format == .json },
            isDenied: isRefused
        )
    }

    private func pod(_ template: PodTemplate, _ document: ManifestDocument) throws -> Pod {
        do throws(PodError) {
            return try Pod(json: document.value[template.pointer] ?? .null)
        } catch {
            let place = document.location(of: template.pointer.appending(error.location))
            throw CommandFailure("\(place): \(template.kind) \(template.name ?? "without a name"): \(error.reason)")
        }
    }
}
