package import Injection
import JSON

/// A workload with the explanation of its pod.
package struct ExplainedWorkload: Sendable {
    /// Where it is written, such as `web.yaml:3:1`; nil when it comes from no file.
    package let place: String?
    /// Its kind.
    package let kind: String
    /// Its name; nil when the cluster makes one up.
    package let name: String?
    /// The namespace that was assumed for its pod.
    package let namespace: String
    /// Why its pod gets what it gets.
    package let explanation: Explanation
    /// What its author should know: about the pod, and about what the workload itself says.
    package let warnings: [InjectionWarning]

    /// Names a workload; `warnings` are those about what the workload itself says, which its pod does not have.
    package init(
        place: String?,
        kind: String,
        name: String?,
        namespace: String,
        explanation: Explanation,
        warnings: [InjectionWarning] = []
    ) {
        self.place = place
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.explanation = explanation
        self.warnings = explanation.outcome.warnings + warnings
    }

    /// Its kind and name, fit for a line of text.
    var title: String {
        "\(Excerpt.cut(kind, to: 63))/\(name.map { Excerpt.cut($0, to: 253) } ?? "(generated)")"
    }
}
