import JSON

/// Checks the containers of sidecars against what the catalog says about images and resources.
///
/// An image with a reference in it is known only when a pod asks, and is checked then.
struct PolicyChecker {
    /// Which images are allowed.
    let images: ImagePolicy
    /// Which resources are required.
    let resources: ResourcePolicy

    /// Reports every container that breaks the policy.
    func check(_ sidecars: inout [SidecarDraft]) {
        for index in sidecars.indices {
            for version in sidecars[index].spec["versions"]?.object?.members ?? [] {
                let place = JSONPointer(["spec", "versions", version.key])
                check(version.value["container"], place.appending("container"), &sidecars[index].findings)
                for step in version.value["setup"]?.object?.members ?? [] {
                    check(step.value, place.appending("setup").appending(step.key), &sidecars[index].findings)
                }
            }
        }
    }

    private func check(_ container: JSONValue?, _ pointer: JSONPointer, _ findings: inout DocumentFindings) {
        guard let container, container.object != nil else { return }
        if let image = container["image"]?.string, ImageReference.isValid(image),
            let violation = images.violation(of: image)
        {
            let message = "\(Quoted(image)) \(violation.message)"
            findings.error(.imageNotAllowed, message, hint: hint(violation), at: pointer.appending("image"))
        }
        for field in resources.required {
            let value = container["resources"]?[field.list.rawValue]?[field.resource]
            guard value == nil || value?.isNull == true else { continue }
            let place = pointer.appending("resources").appending(field.list.rawValue)
            let message = "the container does not set \(field), which the catalog requires"
            findings.error(.missingResources, message, hint: "set it, or a parameter for it", at: place)
        }
    }

    private func hint(_ violation: ImagePolicy.Violation) -> String {
        switch violation {
        case .notAllowed where images.allowed?.patterns.isEmpty == true: "'images.allowed' is empty"
        case .notAllowed: Hint.list("allowed", images.allowed?.patterns ?? [])
        case .tag(.digest): "add '@sha256:' and the digest"
        case .tag: "name a full version, such as :1.2.3, or add a digest"
        }
    }
}
