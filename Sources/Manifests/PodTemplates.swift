public import JSON

/// Finds the pods of a manifest.
public enum PodTemplates {
    /// An object that may be or hold a pod, or a list of such objects.
    private struct Candidate {
        let value: JSONValue
        let pointer: JSONPointer
        /// What the object is when it does not say so itself: items of a `DeploymentList` may leave it out.
        let inherited: PodTemplatePaths.Kind?
    }

    /// The pods in a document, in order, those in lists and lists of lists included.
    ///
    /// Of an AdmissionReview it is the pod that is to be created.
    ///
    /// What has not the shape of its kind (a template that is missing or is no object) yields nothing.
    ///
    /// - Parameters:
    ///   - document: A Kubernetes object.
    ///   - paths: Which kinds hold a pod, and where.
    /// - Returns: The pods.
    public static func find(in document: JSONValue, paths: PodTemplatePaths = .kubernetes) -> [PodTemplate] {
        var found: [PodTemplate] = []
        var pending = [Candidate(value: document, pointer: JSONPointer(), inherited: nil)]
        while let candidate = pending.popLast() {
            let kind = kind(of: candidate)
            if let items = items(of: candidate.value, kind) {
                let inherited = itemKind(kind)
                for (index, item) in items.enumerated().reversed() {
                    let pointer = candidate.pointer.appending("items").appending(index)
                    pending.append(Candidate(value: item, pointer: pointer, inherited: inherited))
                }
            } else if let reviewed = reviewed(candidate, kind) {
                pending.append(reviewed)
            } else if let path = paths.path(kind), case .object? = candidate.value[path] {
                found.append(template(candidate, kind, path))
            }
        }
        return found
    }

    private static func template(
        _ candidate: Candidate,
        _ kind: PodTemplatePaths.Kind,
        _ path: JSONPointer
    ) -> PodTemplate {
        let metadata = candidate.value["metadata"]
        return PodTemplate(
            pointer: candidate.pointer.appending(path),
            workload: candidate.pointer,
            kind: kind.name,
            group: kind.group,
            name: metadata?["name"]?.string,
            namespace: metadata?["namespace"]?.string,
            ownerKind: ownerKind(kind)
        )
    }

    private static func ownerKind(_ kind: PodTemplatePaths.Kind) -> String? {
        switch (kind.name, kind.group) {
        case ("Pod", ""), ("PodTemplate", ""): nil
        case ("Deployment", "apps"), ("Deployment", "extensions"): "ReplicaSet"
        case ("CronJob", "batch"): "Job"
        default: kind.name
        }
    }

    private static func kind(of candidate: Candidate) -> PodTemplatePaths.Kind {
        guard let name = candidate.value["kind"]?.string, let version = candidate.value["apiVersion"]?.string else {
            return candidate.inherited ?? PodTemplatePaths.Kind(name: "", group: "")
        }
        let parts = version.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return PodTemplatePaths.Kind(name: name, group: "") }
        // An empty group before the slash is not the core group, which has no slash.
        return PodTemplatePaths.Kind(name: name, group: parts[0].isEmpty ? version : String(parts[0]))
    }

    private static func items(of value: JSONValue, _ kind: PodTemplatePaths.Kind) -> [JSONValue]? {
        guard kind.name.hasSuffix("List") else { return nil }
        return value["items"]?.array
    }

    /// The pod that an AdmissionReview asks about.
    private static func reviewed(_ candidate: Candidate, _ kind: PodTemplatePaths.Kind) -> Candidate? {
        guard kind.name == "AdmissionReview", kind.group == "admission.k8s.io",
            let request = candidate.value["request"], request["operation"]?.string == "CREATE",
            request["resource"]?["resource"]?.string == "pods", (request["resource"]?["group"]?.string ?? "").isEmpty,
            (request["subResource"]?.string ?? "").isEmpty, let object = request["object"]
        else { return nil }
        return Candidate(
            value: object,
            pointer: candidate.pointer.appending("request").appending("object"),
            inherited: PodTemplatePaths.Kind(name: "Pod", group: "")
        )
    }

    private static func itemKind(_ list: PodTemplatePaths.Kind) -> PodTemplatePaths.Kind? {
        guard list.name != "List" else { return nil }
        return PodTemplatePaths.Kind(name: String(list.name.dropLast("List".count)), group: list.group)
    }
}
