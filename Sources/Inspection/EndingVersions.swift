import Injection
import JSON
package import SidecarCatalog

/// Who gets versions of sidecars that are deprecated or have ended.
package struct EndingVersions: Sendable {
    /// A workload with such a version.
    package struct Entry: Sendable {
        /// The workload or pod, such as `Deployment/web`.
        package let workload: String
        /// Its namespace.
        package let namespace: String
        /// The sidecar.
        package let sidecar: String
        /// Its version.
        package let version: String
        /// When that version ends.
        package let lifecycle: VersionLifecycle
        /// How far it has come.
        package let stage: VersionLifecycle.Stage
        /// How many pods the workload has.
        package fileprivate(set) var pods: Int
    }

    private struct Key: Hashable {
        let namespace: String
        let workload: String
        let sidecar: String
        let version: String
    }

    /// The workloads in the order in which they were found.
    package private(set) var entries: [Entry] = []
    private var indices: [Key: Int] = [:]

    /// Notes a sidecar that pods get, unless its version is current.
    mutating func note(
        _ injected: InjectionOutcome.Injected,
        of catalog: Catalog,
        on date: CalendarDate,
        namespace: String,
        workload: String,
        _ replicas: Int
    ) {
        guard let sidecar = SidecarName(injected.name).flatMap(catalog.sidecar),
            let version = sidecar.versions.first(where: { $0.text.hasSameBytes(as: injected.version) })
        else { return }
        let stage = version.lifecycle.stage(on: date)
        guard stage != .current else { return }
        let (name, text) = (injected.name, injected.version)
        let key = Key(namespace: namespace, workload: workload, sidecar: name, version: text)
        if let index = indices[key] {
            entries[index].pods += replicas
            return
        }
        indices[key] = entries.count
        entries.append(
            Entry(
                workload: workload,
                namespace: namespace,
                sidecar: name,
                version: text,
                lifecycle: version.lifecycle,
                stage: stage,
                pods: replicas
            )
        )
    }
}

extension EndingVersions.Entry {
    /// When it ended or ends, and what takes its place, as a phrase.
    var phrase: String {
        let place = lifecycle.replacedBy.map { "; use \($0)" } ?? ""
        switch (stage, lifecycle.sunsetAfter, lifecycle.deprecatedAfter) {
        case (.sunset, let day?, _): return "ended after \(day)\(place)"
        case (_, let day?, _): return "deprecated, ends after \(day)\(place)"
        case (_, nil, let day?): return "deprecated since \(day)\(place)"
        case (_, nil, nil): return "deprecated\(place)"
        }
    }
}
