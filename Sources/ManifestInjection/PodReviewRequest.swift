import JSON
import Manifests

/// The AdmissionReview with which the API server would ask about a workload's pod.
///
/// The pod has what a controller gives it: a name to generate, its namespace, its owner. The uid is made from what is
/// asked, so that the same manifest gets the same answer.
enum PodReviewRequest {
    /// The ReplicaSet of a Deployment has a hash of the template behind its name.
    private static let templateHash = "5d4f8c7b9"
    /// The Job of a CronJob has the minute of its schedule behind its name.
    private static let minute = "29000000"

    /// The review about the pod of `workload`.
    ///
    /// - Parameters:
    ///   - workload: A Pod, or a workload that makes pods.
    ///   - pod: Its pod.
    ///   - namespace: The namespace in which it is created.
    ///   - pullSecrets: What the service account gives to a pod that lists none.
    /// - Returns: The review.
    static func review(
        of workload: ManifestWorkload,
        pod: JSONValue,
        namespace: String,
        pullSecrets: [String]
    ) -> JSONValue {
        let object = object(workload, pod, namespace, pullSecrets)
        return [
            "kind": "AdmissionReview",
            "apiVersion": "admission.k8s.io/v1",
            "request": [
                "uid": .string(uid(of: object)),
                "kind": ["group": "", "version": "v1", "kind": "Pod"],
                "resource": ["group": "", "version": "v1", "resource": "pods"],
                "name": object["metadata"]?["name"] ?? "",
                "namespace": .string(namespace),
                "operation": "CREATE",
                "object": object,
                "oldObject": nil,
                "dryRun": false,
            ],
        ]
    }

    private static func object(
        _ workload: ManifestWorkload,
        _ pod: JSONValue,
        _ namespace: String,
        _ pullSecrets: [String]
    ) -> JSONValue {
        var object: JSONObject = ["kind": "Pod", "apiVersion": "v1"]
        for member in pod.object?.members ?? [] {
            object[member.key] = member.value
        }
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata["namespace"] = .string(namespace)
        let template = workload.template
        if template.pointer != template.workload, let name = template.name {
            own(&metadata, by: name, template.ownerKind ?? template.kind, of: template.kind)
        }
        object["metadata"] = .object(metadata)
        guard var spec = object["spec"]?.object, !pullSecrets.isEmpty, spec["imagePullSecrets"]?.array == nil else {
            return .object(object)
        }
        spec["imagePullSecrets"] = .array(pullSecrets.map { ["name": .string($0)] })
        object["spec"] = .object(spec)
        return .object(object)
    }

    /// Gives a pod its owner, and the name that is made from the owner's.
    private static func own(_ metadata: inout JSONObject, by name: String, _ owner: String, of kind: String) {
        var name = name
        switch (kind, owner) {
        case (_, "ReplicaSet") where kind != owner:
            name += "-\(templateHash)"
            var labels = metadata["labels"]?.object ?? JSONObject()
            labels["pod-template-hash"] = .string(templateHash)
            metadata["labels"] = .object(labels)
        case (_, "Job") where kind != owner: name += "-\(minute)"
        default: break
        }
        metadata["generateName"] = .string("\(name)-")
        metadata["ownerReferences"] = [["kind": .string(owner), "name": .string(name), "controller": true]]
    }

    /// A UUID of version 8 (RFC 9562 section 5.8), from the content alone.
    private static func uid(of object: JSONValue) -> String {
        let digits = Array("\(ContentHash(of: object))\(ContentHash(of: [object]))")
        let parts = [digits[0..<8], digits[8..<12], ["8"] + digits[13..<16], ["8"] + digits[17..<20], digits[20..<32]]
        return parts.map { String($0) }.joined(separator: "-")
    }
}
