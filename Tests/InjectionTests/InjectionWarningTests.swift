@testable import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("InjectionWarning")
struct InjectionWarningTests {
    @Test("every code has a case that produces it", arguments: InjectionWarning.Code.allCases)
    func produced(_ code: InjectionWarning.Code) throws {
        #expect(try warnings(code).contains(code))
    }

    @Test("codes are lower-case words, and sentences are sentences", arguments: InjectionWarning.Code.allCases)
    func spelling(_ code: InjectionWarning.Code) {
        #expect(code.rawValue.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
        #expect(code.sentence.hasSuffix(".") && code.sentence.first?.isUppercase == true)
    }

    @Test("the most warnings of the longest text fit into what the API server passes on, 4096 characters")
    func limits() {
        #expect(InjectionWarning.maximumCount * InjectionWarning.maximumLength <= 4096)
    }

    @Test("a long list is cut, and says so")
    func cut() throws {
        let names = (0..<20).map { "missing-\($0)" }.joined(separator: ", ")
        let injector = PodInjector(catalog: try TestCatalog.small("  unknown: warn"))
        let warnings = try injector.decide(TestPod.asking(names)).warnings
        #expect(warnings.count == InjectionWarning.maximumCount)
        #expect(warnings.last?.text == "and 5 more warnings")
    }

    /// Warnings of a pod for which the code is given.
    private func warnings(_ code: InjectionWarning.Code) throws -> [InjectionWarning.Code] {
        if let row = DecisionTests.rows.first(where: { $0.warnings.contains(code) }) {
            return try row.outcome().warnings.map(\.code)
        }
        let injector = PodInjector(catalog: try TestCatalog.small())
        let injected = try injector.decide(TestPod.asking("logs")).pod
        func changed(_ path: [String], _ value: JSONValue) throws -> JSONValue {
            try JSONPatch([.add(path: JSONPointer(path), value: value)]).applied(to: injected)
        }
        let pod: JSONValue
        switch code {
        case .unusedParameter: pod = TestPod.asking("logs", ["proxy.pillion.dev/port": "1"])
        case .emptyRequest: pod = TestPod.asking(" ")
        case .unknownIgnored:
            let soft = PodInjector(catalog: try TestCatalog.small("  unknown: warn"))
            return try soft.decide(TestPod.asking("lgos")).warnings.map(\.code)
        case .forgedStatus:
            pod = TestPod.asking("logs", ["pillion.dev/status": injected.annotation("pillion.dev/status") ?? ""])
        case .outdated: pod = try changed(["metadata", "annotations", "pillion.dev/inject"], "logs@2")
        case .restartPolicyRemoved: pod = try changed(["spec", "initContainers", "0", "restartPolicy"], .null)
        case .plainContainer:
            let old = PodEnvironment(namespace: "shop", clusterVersion: KubernetesVersion(major: 1, minor: 28))
            return try injector.decide(TestPod.asking("logs"), old).warnings.map(\.code)
        case .duplicateKeys:
            return AdmissionReviewer(catalog: try TestCatalog.small()).review(Array(Self.twice.utf8)).record.warnings
        case .wouldBeDenied:
            let workload = VerdictReview.deployment(of: TestPod.asking("lgos"))
            return AdmissionReviewer(catalog: injector.catalog).advise(VerdictReview.deployment(workload)).record
                .warnings
        case .omitted: pod = TestPod.asking("logs", Self.manyParameters)
        case .requiredByRule, .ruleSkipped, .deprecatedVersion, .sunsetVersion, .manySidecars, .resourceJump,
            .guaranteedLost, .podSecurity, .misplacedAnnotation, .misspeltAnnotation:
            return []
        }
        return try injector.decide(pod).warnings.map(\.code)
    }

    private static let manyParameters = Dictionary(
        uniqueKeysWithValues: (0..<20).map { ("proxy.pillion.dev/p\($0)", "x") }
    )

    private static let twice = """
        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": {"uid": "u", "uid": "u",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "resource": {"group": "", "version": "v1", "resource": "pods"}, "operation": "CREATE", "namespace": "shop",
        "object": {"metadata": {"name": "p"}, "spec": {"containers": []}}}}
        """
}
