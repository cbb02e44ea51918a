import Injection
import JSON
import SidecarCatalog
import Testing

/// What the webhooks say that change nothing.
enum VerdictReview {
    /// A review of a pod, as bytes.
    static func pod(
        _ object: JSONValue?,
        old: JSONValue? = nil,
        operation: String = "CREATE",
        namespace: String = "shop",
        subResource: String = ""
    ) -> [UInt8] {
        review("Pod", "", "pods", object, old, operation, namespace, subResource)
    }

    /// A review of a Deployment, as bytes.
    static func deployment(_ object: JSONValue?, operation: String = "CREATE", namespace: String = "shop") -> [UInt8] {
        review("Deployment", "apps", "deployments", object, nil, operation, namespace, "")
    }

    /// A Deployment around a pod.
    static func deployment(of pod: JSONValue, annotations: JSONObject = [:]) -> JSONValue {
        [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": ["name": "web", "annotations": .object(annotations)],
            "spec": ["template": ["metadata": pod["metadata"] ?? [:], "spec": pod["spec"] ?? [:]]],
        ]
    }

    private static func review(
        _ kind: String,
        _ group: String,
        _ resource: String,
        _ object: JSONValue?,
        _ old: JSONValue?,
        _ operation: String,
        _ namespace: String,
        _ subResource: String
    ) -> [UInt8] {
        let body: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": [
                "uid": "u", "operation": .string(operation), "namespace": .string(namespace), "name": "web",
                "subResource": .string(subResource),
                "kind": ["group": .string(group), "version": "v1", "kind": .string(kind)],
                "resource": ["group": .string(group), "version": "v1", "resource": .string(resource)],
                "object": object ?? .null, "oldObject": old ?? .null,
            ],
        ]
        return Array(body.compactText.utf8)
    }
}

@Suite("The validating webhook")
struct ValidationTests {
    private let reviewer: AdmissionReviewer
    private let requiring: AdmissionReviewer
    private let injected: JSONValue

    init() throws {
        let settings = AdmissionReviewer.Settings(ownNamespace: "own")
        reviewer = AdmissionReviewer(catalog: try TestCatalog.small(), settings: settings)
        let rules = "  rules: {all: {inject: [logs], mode: required}}"
        requiring = AdmissionReviewer(catalog: try TestCatalog.small(rules), settings: settings)
        injected = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs")).pod
    }

    private func changed(_ path: [String], _ value: JSONValue) throws -> JSONValue {
        try JSONPatch([.add(path: JSONPointer(path), value: value)]).applied(to: injected)
    }

    private func expect(
        _ outcome: ReviewOutcome,
        _ decision: String,
        _ code: ReasonCode,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(outcome.record.decision == decision, sourceLocation: location)
        #expect(outcome.record.reason.code == code, "\(outcome.record.reason.message)", sourceLocation: location)
        let response = try JSONParser.parse(outcome.body)["response"]
        #expect(response?["allowed"]?.bool == (decision != "deny"), sourceLocation: location)
        #expect(response?["patch"] == nil, sourceLocation: location)
        #expect(response?["uid"]?.string == "u", sourceLocation: location)
    }

    @Test("a pod with what it asks for passes")
    func present() throws {
        try expect(reviewer.validate(VerdictReview.pod(injected)), "allow", .alreadyInjected)
        try expect(requiring.validate(VerdictReview.pod(injected)), "allow", .alreadyInjected)
    }

    @Test("a pod that asks for nothing passes")
    func unasked() throws {
        try expect(reviewer.validate(VerdictReview.pod(TestPod.pod())), "allow", .notRequested)
    }

    @Test("a pod without the sidecar that it asks for, or that a rule requires, is denied")
    func missing() throws {
        try expect(reviewer.validate(VerdictReview.pod(TestPod.asking("logs"))), "deny", .missingSidecar)
        try expect(requiring.validate(VerdictReview.pod(TestPod.pod())), "deny", .missingSidecar)
    }

    @Test("a copied status does not stand in for the sidecar")
    func forged() throws {
        let status = injected["metadata"]?["annotations"]?["pillion.dev/status"]?.string ?? ""
        let pod = TestPod.asking("logs", ["pillion.dev/status": status])
        try expect(reviewer.validate(VerdictReview.pod(pod)), "deny", .missingSidecar)
    }

    @Test("a native sidecar that lost its restart policy is denied")
    func restartPolicy() throws {
        let pod = try changed(["spec", "initContainers", "0", "restartPolicy"], .null)
        try expect(reviewer.validate(VerdictReview.pod(pod)), "deny", .tamperedSidecar)
    }

    @Test("a required sidecar with other arguments is denied; one that the pod asked for is let through with a warning")
    func tampered() throws {
        let pod = try changed(["spec", "initContainers", "0", "args"], ["--level=debug"])
        try expect(requiring.validate(VerdictReview.pod(pod)), "deny", .tamperedSidecar)
        let outcome = reviewer.validate(VerdictReview.pod(pod))
        try expect(outcome, "allow", .alreadyInjectedOutdated)
        #expect(outcome.record.warnings == [.outdated])
    }

    @Test("what the engine refuses is denied with its reason")
    func refused() throws {
        try expect(reviewer.validate(VerdictReview.pod(TestPod.asking("lgos"))), "deny", .unknownSidecar)
    }

    @Test("namespaces that Pillion leaves alone pass", arguments: ["own", "kube-system"])
    func exempt(namespace: String) throws {
        let code: ReasonCode = namespace == "own" ? .ownNamespace : .excludedNamespace
        try expect(reviewer.validate(VerdictReview.pod(TestPod.asking("logs"), namespace: namespace)), "allow", code)
        let update = VerdictReview.pod(TestPod.pod(), old: injected, operation: "UPDATE", namespace: namespace)
        try expect(reviewer.validate(update), "allow", code)
    }

    @Test(
        "an update that changes, adds or removes what Pillion wrote is denied, by whatever subresource",
        arguments: ["", "status"],
        ["pillion.dev/status", "pillion.dev/file.logs.0", "pillion.dev/file.other.0"]
    )
    func changedAnnotation(subResource: String, key: String) throws {
        let new = try changed(["metadata", "annotations", key], "x")
        for (before, after) in [(injected, new), (new, injected)] {
            let body = VerdictReview.pod(after, old: before, operation: "UPDATE", subResource: subResource)
            try expect(reviewer.validate(body), "deny", .statusChanged)
        }
    }

    @Test("an update that changes anything else passes")
    func otherUpdate() throws {
        let new = try changed(["metadata", "annotations", "team"], "x")
        let body = VerdictReview.pod(new, old: injected, operation: "UPDATE")
        try expect(reviewer.validate(body), "allow", .notPodCreate)
        try expect(
            reviewer.validate(VerdictReview.pod(nil, old: injected, operation: "DELETE")),
            "allow",
            .notPodCreate
        )
    }

    @Test("what is no review of a pod is malformed", arguments: ["{", "{}", "[]"])
    func malformed(text: String) {
        #expect(reviewer.validate(Array(text.utf8)).kind == .malformed)
        #expect(reviewer.advise(Array(text.utf8)).kind == .malformed)
    }
}

@Suite("The advising webhook")
struct AdviceTests {
    private let reviewer: AdmissionReviewer

    init() throws {
        reviewer = AdmissionReviewer(catalog: try TestCatalog.small())
    }

    private func warnings(_ object: JSONValue, operation: String = "CREATE") throws -> [String] {
        let outcome = reviewer.advise(VerdictReview.deployment(object, operation: operation))
        #expect(outcome.record.decision == "advise")
        let response = try JSONParser.parse(outcome.body)["response"]
        #expect(response?["allowed"]?.bool == true)
        #expect(response?["patch"] == nil)
        return response?["warnings"]?.array?.compactMap(\.string) ?? []
    }

    @Test("a workload in order gets no warning", arguments: ["CREATE", "UPDATE"])
    func fine(operation: String) throws {
        let object = VerdictReview.deployment(of: TestPod.asking("logs"))
        #expect(try warnings(object, operation: operation) == [])
    }

    @Test("an annotation on the workload instead of its template is told")
    func misplaced() throws {
        let object = VerdictReview.deployment(of: TestPod.pod(), annotations: ["pillion.dev/inject": "logs"])
        let warnings = try warnings(object)
        #expect(warnings.count == 1 && warnings[0].contains("pillion.dev/inject stands on the Deployment"))
    }

    @Test("pods that would be denied are told, and the workload is allowed")
    func denial() throws {
        let warnings = try warnings(VerdictReview.deployment(of: TestPod.asking("lgos")))
        #expect(warnings.first?.hasPrefix("pods of this Deployment would be denied: ") == true)
    }

    @Test("what has no pod template, or is deleted, gets no warning")
    func others() throws {
        #expect(try warnings(["kind": "Deployment"]) == [])
        #expect(try warnings(VerdictReview.deployment(of: TestPod.asking("lgos")), operation: "DELETE") == [])
    }

    @Test("the template of a CronJob is that of its Job")
    func cronJob() throws {
        let pod = TestPod.asking("lgos")
        let job: JSONValue = ["template": ["metadata": pod["metadata"] ?? [:], "spec": pod["spec"] ?? [:]]]
        #expect(try warnings(["spec": ["jobTemplate": ["spec": job]]]).count == 1)
    }
}
