import ArgumentParser
import ClusterPolicies
import Injection

/// Writes the policies that give pods sidecars without a webhook.
struct ExportMutatingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract:
            "Write MutatingAdmissionPolicies that add sidecars in the API server itself (Kubernetes 1.34 and later).",
        discussion: """
            Only sidecars that are the same for every pod can be given so: those without parameters and references to the
            pod. The others are listed on standard error, and in a comment. The policies stand in for the webhook; both
            at once is a conflict.
            Exit status: 0 done, 1 no sidecar can be given so, 2 bad input.

            Example:
              pillion export map --catalog catalog/ --cluster-version 1.36 | kubectl apply -f -
            """
    )

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var options: PolicyOptions

    @Flag(help: "Also give sidecars whose parameters all have defaults, to pods that set none of them.")
    var defaults = false

    @Option(
        help: ArgumentHelp("The cluster's version: v1beta1 for 1.34 and 1.35, v1 from 1.36.", valueName: "version"),
        transform: { text in
            guard let version = KubernetesVersion(text) else {
                throw ValidationError("'\(text)' is not a Kubernetes version such as 1.36")
            }
            return version
        }
    )
    var clusterVersion: KubernetesVersion?

    func run() throws {
        try Console.run {
            let loaded = try catalog.load()
            let settings = try options.settings()
            let policies = try PolicyOptions.Failure.describing { () throws(PolicyError) in
                try MutatingPolicies(
                    catalog: loaded,
                    settings: settings,
                    withDefaults: defaults,
                    clusterVersion: clusterVersion
                )
            }
            let lines = policies.omissions.map { "\($0.name) \($0.reason)" }
            for line in lines { Console.note("left out: \(line)") }
            guard !policies.documents.isEmpty else {
                Console.note("error: no sidecar of the catalog is the same for every pod; nothing is exported")
                throw ExitStatus.negative
            }
            let comment = lines.isEmpty ? "" : "# Left out:\n" + lines.map { "#   \($0)\n" }.joined()
            try ExportCommand.write(policies.documents, comment: comment, as: options.output)
        }
    }
}
