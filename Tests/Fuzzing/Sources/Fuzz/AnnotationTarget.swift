import Injection
import JSON

/// Annotations of a pod, one a line as `key=value`, against the shipped catalog.
struct AnnotationTarget: FuzzTarget {
    static let name = "annotations"
    private let check: ReviewCheck

    init() throws {
        check = try ReviewCheck()
    }

    func run(_ input: [UInt8]) {
        var annotations: [(String, JSONValue)] = []
        for line in input.split(separator: 0x0A, maxSplits: 64, omittingEmptySubsequences: false) {
            let parts = line.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first else { continue }
            let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
            annotations.append((String(decoding: key, as: UTF8.self), .string(value)))
        }
        let problem = check.problem(with: JSONWriter.compact(Self.review(annotations)))
        require(problem == nil, problem ?? "")
    }

    private static func review(_ annotations: [(String, JSONValue)]) -> JSONValue {
        var object = JSONObject()
        for (key, value) in annotations { object[key] = value }
        return [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": [
                "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
                "kind": ["group": "", "version": "v1", "kind": "Pod"],
                "resource": ["group": "", "version": "v1", "resource": "pods"], "operation": "CREATE",
                "namespace": "shop",
                "object": [
                    "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "annotations": .object(object)],
                    "spec": [
                        "containers": [["name": "app", "image": "a", "ports": [["containerPort": 8080]]]],
                        "volumes": [["name": "logs", "emptyDir": [:]]],
                    ],
                ],
            ],
        ]
    }
}
