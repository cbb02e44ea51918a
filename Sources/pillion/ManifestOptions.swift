import ArgumentParser
import Injection
import ManifestInjection
import Manifests

/// The manifests that a command works on, and what holds for their pods.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: [.customShort("f"), .customLong("filename")],
        help: ArgumentHelp("A file, a folder or - for standard input; may be repeated.", valueName: "path")
    )
    var paths: [String]

    @Option(name: [.short, .long], help: ArgumentHelp("The namespace of manifests that name none.", valueName: "name"))
    var namespace: String = "default"

    @Option(help: ArgumentHelp("A pull secret of the service account; may be repeated.", valueName: "name"))
    var imagePullSecret: [String] = []

    @OptionGroup var templates: TemplatePathOptions

    /// What holds for pods whose manifest says nothing else.
    ///
    /// - Parameters:
    ///   - engine: What is known about the cluster.
    ///   - date: The day on which is decided.
    /// - Returns: The environment of pods whose manifest names no namespace.
    func environment(engine: EngineOptions, date: DateOption) -> PodEnvironment {
        PodEnvironment(
            namespace: namespace,
            ownNamespace: engine.ownNamespace,
            clusterVersion: engine.clusterVersion,
            pullSecrets: imagePullSecret.isEmpty ? .unknown : .known(imagePullSecret),
            date: date.day
        )
    }

    /// Calls `body` with every pod, one file after the other.
    ///
    /// - Parameters:
    ///   - engine: What is known about the cluster.
    ///   - date: The day on which is decided.
    ///   - body: Called with the workload, its pod and the pod's environment.
    /// - Throws: The place of what cannot be read, or what `body` throws.
    func forEachPod(
        engine: EngineOptions,
        date: DateOption,
        _ body: (ManifestWorkload, Pod, PodEnvironment) throws -> Void
    ) throws {
        let environment = environment(engine: engine, date: date)
        let templates = try templates.paths
        let source = ManifestSource(paths)
        for name in try source.names() {
            for document in try source.file(named: name).documents {
                for workload in ManifestWorkload.find(in: document, paths: templates) {
                    try body(workload, try workload.pod(), workload.environment(from: environment))
                }
            }
        }
    }
}
