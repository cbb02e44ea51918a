import Injection
import JSON

extension SidecarExplanation {
    /// Who asks for it, as a phrase.
    var askerText: String {
        let (subject, bundle) =
            switch asker {
            case .annotation(let bundle): ("the pod's annotation", bundle)
            case .requiredRule(let rule, let bundle): ("the required rule \(Excerpt.cut(rule, to: 63))", bundle)
            case .defaultRule(let rule, let bundle): ("the default rule \(Excerpt.cut(rule, to: 63))", bundle)
            }
        return bundle.map { "\(subject), by the bundle \(Excerpt.cut($0, to: 63))" } ?? subject
    }

    /// Why it has its version, as a phrase.
    var choiceText: String? {
        switch choice {
        case nil: nil
        case .exact: "named"
        case .range(let range): "the highest release in \(range)"
        case .channel(let name): "the channel \(name)"
        case .rollout(let percent): "the rollout to \(percent) % of the workloads"
        case .stable: "the channel stable, since no version is named"
        case .highest: "the highest release, since no version is named"
        }
    }

    /// What became of it, as a phrase.
    var stateText: String {
        switch state {
        case .added: "added"
        case .present: "in the pod already"
        case .outdated: "in the pod already, in another form than the catalog's"
        case .unknownVersion: "in the pod already, with an image the catalog does not know"
        case .leftOut: "left out"
        case .blocked: "blocked"
        case .withheld: "not added, since the pod is denied"
        case .unknown: phase == nil ? "not in the catalog" : "not in the catalog in this version"
        }
    }
}

extension SidecarExplanation.Setting {
    /// Where the value comes from, as a phrase.
    var sourceText: String {
        switch source {
        case .annotation: "annotation \(annotation)"
        case .default: "default"
        case .pod: "taken from the pod"
        case .unset: "not set"
        }
    }
}
