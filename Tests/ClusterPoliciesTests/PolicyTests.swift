import Injection
import JSON
import SidecarCatalog
import Testing

@testable import ClusterPolicies

@Suite("Policies")
struct PolicyTests {
    private let settings: PolicySettings

    init() throws {
        settings = try PolicySettings(name: "guard", ownNamespace: "pillion-system")
    }

    private func catalog(_ policy: String = "{}") throws -> Catalog {
        try Sample.catalog(
            policy,
            [
                ("plain", Sample.sidecar(image: "r.io/a:1.0.0")),
                ("chosen", Sample.sidecar(image: "r.io/b:1.0.0", "parameters: {p: {type: port}},")),
            ]
        )
    }

    @Test("a policy comes with the binding that names it")
    func binding() throws {
        let documents = try ValidatingPolicy(catalog: try catalog(), settings: settings).documents()
        #expect(
            documents.map { $0["kind"]?.string } == ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]
        )
        #expect(documents.last?["spec"] == ["policyName": "guard", "validationActions": ["Warn", "Audit"]])
    }

    @Test("Deny and Warn exclude each other, and none is no action", arguments: [[ValidationAction.deny, .warn], []])
    func actions(actions: [ValidationAction]) throws {
        let catalog = try catalog()
        #expect(throws: PolicyError(code: .conflictingActions, reason: "", location: "--action")) {
            try ValidatingPolicy(catalog: catalog, settings: settings, actions: actions)
        }
    }

    @Test(
        "names that Kubernetes refuses are refused",
        arguments: ["Upper", "", "a.b", "-a", String(repeating: "a", count: 64), "a'b"]
    )
    func names(name: String) {
        #expect(throws: PolicyError(code: .invalidName, reason: "", location: "--name")) {
            try PolicySettings(name: name, ownNamespace: nil)
        }
        #expect(throws: PolicyError(code: .invalidName, reason: "", location: "--own-namespace")) {
            try PolicySettings(name: "a", ownNamespace: name)
        }
    }

    @Test("only a catalog without rules lets pods by that say nothing")
    func conditions() throws {
        func conditions(_ policy: String) throws -> [String?] {
            let document = try ValidatingPolicy(catalog: try catalog(policy), settings: settings).documents().first
            return document?["spec"]?["matchConditions"]?.array?.map { $0["name"]?.string } ?? []
        }
        #expect(try conditions("{}").contains("asks-or-was-injected"))
        #expect(try !conditions("{rules: {r: {inject: [plain]}}}").contains("asks-or-was-injected"))
        #expect(try conditions("{namespaces: {excluded: [\"x-*\"]}}").contains("is-not-in-an-excluded-namespace"))
    }

    @Test("a catalog whose list is too long for the API server is refused by name")
    func tooLong() throws {
        let path = String(repeating: "a", count: 120)
        let many = (0..<700).map { ("s\($0)", Sample.sidecar(image: "registry.example/\(path):1.0.\($0)")) }
        let policy = try ValidatingPolicy(catalog: try Sample.catalog("{}", many), settings: settings)
        #expect(throws: PolicyError(code: .expressionTooLong, reason: "", location: "sidecars")) {
            try policy.documents()
        }
    }

    @Test(
        "the API version is the cluster's",
        arguments: [(34, "v1beta1"), (35, "v1beta1"), (36, "v1"), (40, "v1")]
    )
    func versions(minor: Int, version: String) throws {
        let cluster = KubernetesVersion(major: 1, minor: minor)
        let policies = try MutatingPolicies(catalog: try catalog(), settings: settings, clusterVersion: cluster)
        #expect(
            policies.documents.map { $0["apiVersion"]?.string }
                == Array(repeating: "admissionregistration.k8s.io/\(version)", count: 2)
        )
        #expect(policies.documents.map { $0["metadata"]?["name"]?.string } == ["guard-plain", "guard-plain"])
    }

    @Test("a cluster without the kind is refused")
    func tooOld() throws {
        let catalog = try catalog()
        #expect(throws: PolicyError(code: .clusterTooOld, reason: "", location: "--cluster-version")) {
            try MutatingPolicies(
                catalog: catalog,
                settings: settings,
                clusterVersion: KubernetesVersion(major: 1, minor: 33)
            )
        }
    }

    @Test(
        "a sidecar that is not the same for every pod is left out, with the reason",
        arguments: [
            ("parameters: {p: {type: port}},", "has the parameter p"),
            (
                "parameters: {p: {type: port, default: 1}, q: {type: port, default: 2}},",
                "has the parameter p and 1 more"
            ),
            ("files: {/etc/a: {text: $(pod.namespace)}},", "refers to the pod by $(pod.namespace)"),
        ]
    )
    func omissions(members: String, reason: String) throws {
        let catalog = try Sample.catalog("{}", [("a", Sample.sidecar(image: "r.io/a:1.0.0", members))])
        let policies = try MutatingPolicies(catalog: catalog, settings: settings)
        #expect(policies.documents.isEmpty)
        #expect(policies.omissions.map(\.reason) == [reason])
    }
}
