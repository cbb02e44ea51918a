import JSON
import Kubernetes

/// Reads one document of kind `Catalog`.
struct CatalogBuilder {
    private static let spec = JSONPointer(["spec"])
    /// What fits behind a sidecar's name and a dot in a DNS name.
    private static let maximumDomainLength = KubernetesName.maximumSubdomainLength - SidecarName.maximumLength - 1

    private var findings: DocumentFindings
    private let value: JSONValue

    private init(_ document: CatalogDocument) {
        findings = DocumentFindings(document)
        value = document.value["spec"] ?? [:]
    }

    /// The policy; everything that is wrong with it is among its findings.
    static func build(_ document: CatalogDocument) -> CatalogDraft {
        var builder = CatalogBuilder(document)
        return builder.draft()
    }

    private mutating func draft() -> CatalogDraft {
        var checker = ShapeChecker(findings)
        checker.check(findings.document.value, .catalog, at: JSONPointer())
        findings = checker.findings
        var draft = CatalogDraft()
        draft.name = findings.document.value["metadata"]?["name"]?.string ?? draft.name
        checkName(draft.name)
        draft.annotationDomain = annotationDomain() ?? draft.annotationDomain
        draft.unknown = value["unknown"]?.string.flatMap(Catalog.UnknownPolicy.init) ?? draft.unknown
        let excluded = Self.spec.appending("namespaces").appending("excluded")
        draft.excludedNamespaces =
            GlobListBuilder(subject: .namespaces, allowsEmpty: true)
            .build(value["namespaces"]?["excluded"], at: excluded, &findings)?.patterns
            ?? draft.excludedNamespaces
        draft.phases = phases() ?? draft.phases
        draft.meshContainers += meshContainers(besides: draft.meshContainers)
        policies(&draft)
        draft.findings = findings
        return draft
    }

    private mutating func policies(_ draft: inout CatalogDraft) {
        func part(_ field: String) -> (value: JSONValue?, pointer: JSONPointer) {
            (value[field], Self.spec.appending(field))
        }
        let (limits, images, resources) = (part("sidecarsPerPod"), part("images"), part("resources"))
        draft.limits = SidecarLimitsBuilder(value: limits.value, pointer: limits.pointer).build(&findings)
        draft.images = ImagePolicyBuilder(value: images.value, pointer: images.pointer).build(&findings)
        draft.resources = ResourcePolicyBuilder(value: resources.value, pointer: resources.pointer).build(&findings)
        draft.podSecurity = value["podSecurity"]?.string.flatMap(PodSecurityLevel.init)
    }

    private mutating func checkName(_ name: String) {
        guard !KubernetesName.isSubdomain(name) else { return }
        let hint = "lower-case letters, digits, '-' and '.'"
        findings.error(
            .invalidName,
            "\(Quoted(name)) cannot name a catalog",
            hint: hint,
            at: JSONPointer(["metadata", "name"])
        )
    }

    private mutating func annotationDomain() -> String? {
        guard let domain = value["annotationDomain"]?.string else { return nil }
        let isValid = KubernetesName.isSubdomain(domain) && domain.contains(".")
        guard isValid, domain.utf8.count <= Self.maximumDomainLength else {
            let hint = "a DNS name with a dot and at most \(Self.maximumDomainLength) characters, such as pillion.dev"
            let pointer = Self.spec.appending("annotationDomain")
            findings.error(
                .invalidValue,
                "\(Quoted(domain)) cannot be the domain of annotations",
                hint: hint,
                at: pointer
            )
            return nil
        }
        return domain
    }

    private mutating func phases() -> [String]? {
        guard let declared = value["phases"]?.array else { return nil }
        let pointer = Self.spec.appending("phases")
        if declared.isEmpty {
            findings.error(
                .invalidValue,
                "there are no phases",
                hint: "list them in start order, or leave 'phases' out",
                at: pointer
            )
        }
        var phases: [String] = []
        var seen: Set<String> = []
        for (index, phase) in declared.enumerated() {
            guard let name = phase.string else { continue }
            let place = pointer.appending(index)
            if !KubernetesName.isLabel(name) {
                let hint = "lower-case letters, digits and '-'"
                findings.error(.invalidName, "\(Quoted(name)) cannot name a phase", hint: hint, at: place)
            } else if !seen.insert(name).inserted {
                findings.error(.duplicateName, "the phase '\(name)' is listed twice", at: place)
            }
            phases.append(name)
        }
        return phases
    }

    private mutating func meshContainers(besides known: [String]) -> [String] {
        var names: [String] = []
        for (index, element) in (value["meshContainers"]?.array ?? []).enumerated() {
            guard let name = element.string else { continue }
            if !KubernetesName.isLabel(name) {
                let pointer = Self.spec.appending("meshContainers").appending(index)
                findings.error(.invalidName, "\(Quoted(name)) cannot name a container", at: pointer)
            }
            if !known.contains(name), !names.contains(name) { names.append(name) }
        }
        return names
    }
}
