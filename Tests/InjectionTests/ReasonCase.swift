@testable import Injection
import JSON
import SidecarCatalog
import Testing

/// A case for each reason; the switches leave none out.
enum ReasonCase {
    /// A pod and a catalog that give the reason.
    static func produce(_ code: ReasonCode) throws -> Reason {
        if let row = DecisionTests.rows.first(where: { $0.code == code }) { return try row.outcome().decision.reason }
        return try request(code) ?? present(code) ?? conflict(code) ?? review(code)
    }

    private static func decide(
        _ pod: JSONValue,
        _ environment: PodEnvironment = PodEnvironment(namespace: "shop"),
        catalog: String = ""
    ) throws -> Reason {
        try PodInjector(catalog: try TestCatalog.small(catalog)).decide(pod, environment).decision.reason
    }

    /// What a pod asks for.
    private static func request(_ code: ReasonCode) throws -> Reason? {
        let annotations: [String: String]? =
            switch code {
            case .unknownSidecar: ["inject": "lgos"]
            case .unknownVersion: ["inject": "logs@9"]
            case .contradictoryVersions: ["inject": "logs@1, logs@2"]
            case .contradictoryExclude: ["inject": "logs", "exclude": "logs"]
            case .unknownAnnotation: ["injct": "logs"]
            case .unknownContainer: ["inject": "logs", "containers": "web"]
            default: nil
            }
        if let annotations {
            let keys = annotations.map { ("pillion.dev/\($0)", $1) }
            return try decide(TestPod.pod(annotations: Dictionary(uniqueKeysWithValues: keys)))
        }
        switch code {
        case .unknownParameter: return try decide(TestPod.asking("logs", ["logs.pillion.dev/pth": "/a"]))
        case .invalidParameter: return try decide(TestPod.asking("logs", ["logs.pillion.dev/path": "a"]))
        case .missingParameter: return try decide(TestPod.asking("proxy", app: ["ports": []]))
        case .nothingKnown: return try decide(TestPod.asking("lgos"), catalog: "  unknown: warn")
        case .annotationNotString:
            return try decide(TestPod.pod(metadata: ["annotations": ["pillion.dev/inject": true]]))
        case .ownNamespace:
            return try decide(TestPod.asking("logs"), PodEnvironment(namespace: "own", ownNamespace: "own"))
        case .noNativeSidecars:
            let old = PodEnvironment(namespace: "shop", clusterVersion: KubernetesVersion(major: 1, minor: 28))
            return try decide(TestPod.asking("logs", spec: ["restartPolicy": "Never"]), old)
        default: return nil
        }
    }

    /// What a pod has already.
    private static func present(_ code: ReasonCode) throws -> Reason? {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let first = try injector.decide(TestPod.asking("logs")).pod
        func changed(_ path: [String], _ value: JSONValue) throws -> JSONValue {
            try JSONPatch([.add(path: JSONPointer(path), value: value)]).applied(to: first)
        }
        let image = ["spec", "initContainers", "0", "image"]
        switch code {
        case .alreadyInjected: return try decide(first)
        case .alreadyInjectedOutdated:
            return try decide(changed(["metadata", "annotations", "pillion.dev/inject"], "logs@2"))
        case .alreadyInjectedUnknownVersion: return try decide(changed(image, "registry.example/logs:0.1.0"))
        case .requiredUnknownVersion:
            let rules = "  rules: {all: {inject: [logs], mode: required}}"
            return try decide(changed(image, "registry.example/logs:0.1.0"), catalog: rules)
        case .repaired: return try decide(changed(["spec", "initContainers", "0", "restartPolicy"], .null))
        case .fileConflict: return try decide(changed(["metadata", "annotations", "pillion.dev/file.logs.0"], "x"))
        default: return nil
        }
    }

    /// What a pod has in the place of what would be added.
    private static func conflict(_ code: ReasonCode) throws -> Reason? {
        switch code {
        case .containerConflict:
            return try decide(TestPod.asking("logs", spec: ["initContainers": [["name": "logs", "image": "mine"]]]))
        case .volumeConflict:
            return try decide(TestPod.asking("logs", spec: ["volumes": [["name": "logs-logs", "hostPath": [:]]]]))
        case .mountConflict:
            return try decide(
                TestPod.asking("logs", app: ["volumeMounts": [["name": "mine", "mountPath": "/var/log/app"]]])
            )
        case .environmentConflict:
            return try decide(TestPod.asking("logs", app: ["env": [["name": "LOG_PATH", "value": "/else"]]]))
        case .portConflict:
            return try decide(TestPod.asking("proxy", app: ["ports": [["containerPort": 15106]]]))
        case .podResourcesTooSmall:
            let container = "container: {image: a, resources: {requests: {cpu: 2}}}"
            return try decide(container, TestPod.asking("one", spec: ["resources": ["requests": ["cpu": "1"]]]))
        case .annotationConflict:
            return try decide("\(image), pod: {annotations: {team: ours}}", TestPod.asking("one", ["team": "theirs"]))
        case .labelConflict:
            let pod = TestPod.pod(
                annotations: ["pillion.dev/inject": "one"],
                metadata: ["labels": ["team": "theirs"]]
            )
            return try decide("\(image), pod: {labels: {team: ours}}", pod)
        case .annotationsTooLarge:
            return try decide(TestPod.asking("logs", ["big": String(repeating: "x", count: 262_000)]))
        case .patchTooLarge:
            let argument = String(repeating: "x", count: 1 << 20)
            return try decide("container: {image: a, args: [\(argument)]}", TestPod.asking("one"))
        case .pullSecretsUnknown:
            let environment = PodEnvironment(namespace: "shop", pullSecrets: .unknown)
            return try decide("\(image), pod: {imagePullSecrets: [{name: a}]}", TestPod.asking("one"), environment)
        default: return nil
        }
    }

    private static let image = "container: {image: a}"

    /// Decides with a catalog of one sidecar `one`, whose version is given in flow style.
    private static func decide(
        _ version: String,
        _ pod: JSONValue,
        _ environment: PodEnvironment = PodEnvironment(namespace: "shop")
    ) throws -> Reason {
        let catalog = try TestCatalog.yaml(
            """
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: one}
            spec: {versions: {1.0.0: {\(version)}}}
            """
        )
        return try PodInjector(catalog: catalog).decide(pod, environment).decision.reason
    }

    /// What is no pod to decide on, and what the engine finds wrong with its own work.
    private static func review(_ code: ReasonCode) throws -> Reason {
        let reviewer = AdmissionReviewer(catalog: try TestCatalog.small())
        switch code {
        case .malformed: return reviewer.review(Array("{".utf8)).record.reason
        case .notPodCreate:
            let body =
                #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"DELETE","kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},"namespace":"shop"}}"#
            return reviewer.review(Array(body.utf8)).record.reason
        case .patchCheckFailed:
            let pod = try Pod(json: TestPod.pod())
            let patch = JSONPatch([.add(path: JSONPointer(["spec", "missing", "0"]), value: 1)])
            do throws(Reason) {
                _ = try PatchCheck.apply(patch, to: pod, mutation: PodMutation())
            } catch {
                return error
            }
            return Reason(.injected, "the patch applied")
        case .missingSidecar:
            return reviewer.validate(VerdictReview.pod(TestPod.asking("logs"))).record.reason
        case .tamperedSidecar:
            let pod = try PodInjector(catalog: try TestCatalog.small()).decide(TestPod.asking("logs")).pod
            let place = JSONPointer(["spec", "initContainers", "0", "restartPolicy"])
            let without = try JSONPatch([.add(path: place, value: .null)]).applied(to: pod)
            return reviewer.validate(VerdictReview.pod(without)).record.reason
        case .statusChanged:
            let new = TestPod.pod(annotations: ["pillion.dev/status": "x"])
            return reviewer.validate(VerdictReview.pod(new, old: TestPod.pod(), operation: "UPDATE")).record.reason
        default: return Reason(.injected, "no case for \(code.rawValue)")
        }
    }
}
