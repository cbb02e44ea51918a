import ArgumentParser
import ManifestInjection

/// Which workloads of the manifests are meant.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only these workloads, for example Deployment/web or */web-*; may be repeated.",
            valueName: "kind/name"
        )
    )
    var only: [String] = []

    /// The choice.
    var filter: WorkloadFilter { WorkloadFilter(only) }
}
