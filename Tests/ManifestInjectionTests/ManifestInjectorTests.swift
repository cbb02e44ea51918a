import Fixtures
import Injection
import JSON
import ManifestInjection
import Manifests
import SidecarCatalog
import Testing

@Suite("ManifestInjector")
struct ManifestInjectorTests {
    private static let pods = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec: {containers: [{name: app, image: x}]}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: load}
        spec: {template: {spec: {containers: [{name: app, image: x}], restartPolicy: Never}}}
        """

    private func injectedNames(_ file: InjectedFile) -> [Bool] {
        file.values.map { value in
            let spec = value["spec"]?["template"]?["spec"] ?? value["spec"]
            return spec?["initContainers"] != nil
        }
    }

    @Test(
        "Only the chosen workloads are injected, and the others are reported as left out",
        arguments: [
            (["Pod/web"], [true, false]), (["pod/web"], [true, false]), (["job/*"], [false, true]),
            (["*/*"], [true, true]), (["load"], [false, true]), (["Pod/w*b", "Job/load"], [true, true]),
        ]
    )
    func only(patterns: [String], expected: [Bool]) throws {
        let file = try Example.injected(Array(Self.pods.utf8), only: patterns)
        #expect(injectedNames(file) == expected)
        let leftOut = file.reports.filter { $0.text.hasPrefix("left out") }
        #expect(leftOut.count == expected.count { !$0 })
    }

    @Test(
        "A choice that chooses nothing is told, with the nearest workload",
        arguments: [
            ("Pod/webb", "Pod/web"), ("Deployment/load", "Job/load"), ("jov/load", "Job/load"), ("lod", "Job/load"),
            ("CronJob/nothing-like-it", nil),
        ] as [(String, String?)]
    )
    func missed(pattern: String, nearest: String?) throws {
        var filter = WorkloadFilter([pattern, "Pod/web"])
        let injector = ManifestInjector(
            injector: PodInjector(catalog: try Example.greedy.get()),
            scope: Example.scope
        )
        _ = try injector.inject(try ManifestFile(Array(Self.pods.utf8)), chosenBy: &filter)
        let sentence = try #require(filter.missed.first)
        #expect(filter.missed.count == 1)
        #expect(sentence.hasPrefix("no workload is chosen by '\(pattern)'"))
        #expect(sentence.contains("did you mean") == (nearest != nil))
        if let nearest { #expect(sentence.hasSuffix("did you mean \(nearest)?")) }
    }

    @Test("The pod of an AdmissionReview is injected in the namespace of the request")
    func review() throws {
        let bytes = try Fixture.admissionReview("minimal")
        let file = try Example.injected(bytes)
        let pod = file.values.first?["request"]?["object"]
        #expect(pod?["spec"]?["initContainers"]?.array?.last?["name"] == "logs")
        #expect(file.reports.first?.subject?.hasPrefix("Pod/") == true)
    }

    @Test(
        "Reviews of anything but the creation of a pod hold no pod",
        arguments: ["delete", "eviction", "connect-exec"]
    )
    func otherReviews(name: String) throws {
        let file = try Example.injected(try Fixture.admissionReview(name))
        #expect(!file.isChanged)
        #expect(file.reports.isEmpty)
    }

    @Test("What is no pod is an error with its place")
    func noPod() {
        let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: 7}\n"
        #expect {
            _ = try Example.injected(Array(text.utf8))
        } throws: { error in
            (error as? WorkloadError)?.description.hasPrefix("-:4:20: Pod web: ") ?? false
        }
    }

    @Test("A denied pod marks its file, and the report says why")
    func denied() throws {
        let text = Self.pods.replacing("name: web}", with: "name: web, annotations: {pillion.dev/inject: lgs}}")
        let file = try Example.injected(Array(text.utf8))
        #expect(file.isDenied)
        #expect(!file.isWrittenWhenDenied)
        let report = try #require(file.reports.first { $0.severity == .error })
        #expect(report.description.contains("Pod/web: denied: "))
        #expect(report.description.contains("did you mean logs"))
    }
}
