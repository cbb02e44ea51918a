import ArgumentParser
import Injection
import Inspection
import JSON
import ManifestInjection
import Manifests
import Reports

/// Says why pods get what they get.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why each pod gets its sidecars, or does not.",
        discussion: """
            For each sidecar: who asks for it, what led to its version, each parameter with its source, what it brings,
            what stands in its way and what to do; for the pod: start and stop order, effective resources, quality of
            service and Pod Security level, before and after.

              pillion explain -f deployment.yaml
              pillion explain -f deployment.yaml -o svg > deployment.svg

            Exit status: 0 done, 1 a pod is denied, 2 bad input.

            Example:
              pillion explain -f deployment.yaml
            """
    )

    /// What is written to standard output.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// For people.
        case text
        /// For programs: an array with an object a workload.
        case json
        /// A flowchart a workload, in Markdown, for a pull request.
        case mermaid
        /// One picture, for a pull request or a page.
        case svg
    }

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption
    @OptionGroup var manifests: ManifestOptions

    @Option(name: [.short, .customLong("output")], help: "text, json, mermaid or svg.")
    var output: Format = .text

    func run() throws {
        try Console.run {
            let injector = PodInjector(catalog: try catalog.load())
            var workloads: [ExplainedWorkload] = []
            try manifests.forEachPod(engine: engine, date: date) { workload, pod, environment in
                workloads.append(
                    ExplainedWorkload(
                        place: workload.place,
                        kind: workload.template.kind,
                        name: workload.template.name,
                        namespace: environment.namespace,
                        explanation: injector.explain(pod, in: environment),
                        warnings: workload.misplacedAnnotations(injector)
                    )
                )
            }
            if workloads.isEmpty { Console.note("there is no pod in the input, and no workload that makes pods") }
            try write(workloads)
            guard !workloads.contains(where: \.isDenied) else { throw ExitStatus.negative }
        }
    }

    private func write(_ workloads: [ExplainedWorkload]) throws {
        switch output {
        case .text:
            let style = TextStyle(isColored: Console.isColored)
            try Console.write(workloads.map { ExplanationText.text($0, style: style) }.joined(separator: "\n"))
        case .json:
            try Console.write(JSONWriter.pretty(ExplanationJSON.value(workloads)) + [0x0A])
        case .mermaid:
            let charts = workloads.map { "```mermaid\n\(ExplanationDiagram.mermaid($0))```\n" }
            try Console.write(charts.joined(separator: "\n"))
        case .svg:
            try Console.write(ExplanationPicture.svg(workloads))
        }
    }
}

extension ExplainedWorkload {
    /// Whether its pod is denied.
    fileprivate var isDenied: Bool {
        explanation.outcome.decision.name == "deny"
    }
}
