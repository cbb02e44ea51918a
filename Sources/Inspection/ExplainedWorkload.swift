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

    /// Names a workload.
    package init(place: String?, kind: String, name: String?, namespace: String, explanation: Explanation) {
        self.place = place
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.explanation = explanation
    }

    /// Its kind and name, fit for a line of text.
    var title: String {
        "\(Excerpt.cut(kind, to: 63))/\(name.map { Excerpt.cut($0, to: 253) } ?? "(generated)")"
    }
}
