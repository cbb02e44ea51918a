import JSON
import Kubernetes

/// Makes the rules of a catalog once its sidecars and bundles are known.
struct RuleBuilder {
    private static let pointer = JSONPointer(["spec", "rules"])

    /// The reader of names of sidecars.
    let members: BundleBuilder
    /// The bundles.
    let bundles: [String: [BundleMember]]

    /// The rules, required ones first, else in the order in which they are declared.
    func build(_ value: JSONValue?, _ findings: inout DocumentFindings) -> [InjectionRule] {
        var rules: [InjectionRule] = []
        for member in value?.object?.members ?? [] {
            let place = Self.pointer.appending(member.key)
            if !KubernetesName.isSubdomain(member.key) {
                let hint = "lower-case letters, digits, '-' and '.'"
                findings.nameError(.invalidName, "\(Quoted(member.key)) cannot name a rule", hint: hint, at: place)
            }
            let namespaces = GlobListBuilder(subject: .namespaces)
                .build(member.value["namespaces"], at: place.appending("namespaces"), &findings)
            let injected = inject(member.value["inject"], place.appending("inject"), &findings)
            rules.append(
                InjectionRule(
                    name: member.key,
                    mode: member.value["mode"]?.string.flatMap(InjectionRule.Mode.init) ?? .default,
                    namespaces: namespaces ?? .all,
                    podSelector: selector(member.value["podSelector"], place.appending("podSelector"), &findings),
                    inject: injected.members,
                    bundles: injected.bundles
                )
            )
        }
        return rules.filter { $0.mode == .required } + rules.filter { $0.mode == .default }
    }

    private func selector(
        _ value: JSONValue?,
        _ pointer: JSONPointer,
        _ findings: inout DocumentFindings
    ) -> LabelSelector {
        guard let value, !value.isNull else { return .everything }
        do throws(KubernetesError) {
            return try LabelSelector(json: value)
        } catch {
            // Types and fields have been compared with the shape already.
            if error.code == .invalid || error.code == .tooMany {
                findings.error(.invalidSelector, error.reason, at: pointer.appending(error.location))
            }
            return .everything
        }
    }

    private func inject(
        _ value: JSONValue?,
        _ pointer: JSONPointer,
        _ findings: inout DocumentFindings
    ) -> (members: [BundleMember], bundles: [SidecarName: String]) {
        var result: [BundleMember] = []
        var origins: [SidecarName: String] = [:]
        let elements = value?.array ?? []
        if value != nil, elements.isEmpty {
            findings.warning(.invalidValue, "the rule injects nothing", hint: "name a sidecar", at: pointer)
        }
        for (index, element) in elements.enumerated() {
            guard let text = element.string else { continue }
            let place = pointer.appending(index)
            let added: [BundleMember]
            if let bundle = bundles[text] {
                added = bundle
            } else {
                added =
                    members.member(text, orOneOf: Array(bundles.keys), .unknownSidecar, place, &findings)
                    .map { [$0] } ?? []
            }
            for member in added {
                guard let earlier = result.firstIndex(where: { $0.name == member.name }) else {
                    result.append(member)
                    if bundles[text] != nil { origins[member.name] = text }
                    continue
                }
                guard bundles[text] == nil else { continue }
                origins[member.name] = nil
                if result[earlier].selector == nil, member.selector != nil {
                    result[earlier] = member
                } else {
                    findings.error(.duplicateName, "the rule injects '\(member.name)' twice", at: place)
                }
            }
        }
        return (result, origins)
    }
}
