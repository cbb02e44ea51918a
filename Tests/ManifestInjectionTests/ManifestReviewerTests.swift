import Fixtures
import Foundation
import Injection
import JSON
@testable import ManifestInjection
import Manifests
import Testing

@Suite("ManifestReviewer")
struct ManifestReviewerTests {
    private func reviewer() throws -> ManifestReviewer {
        ManifestReviewer(catalog: try Example.greedy.get(), scope: Example.scope)
    }

    @Test("A captured review gets the server's answer, byte for byte", arguments: Fixture.admissionReviews)
    func captured(name: String) throws {
        let bytes = try Fixture.admissionReview(name)
        let answer = try #require(try reviewer().answer(bytes))
        #expect(answer.body == AdmissionReviewer(catalog: try Example.greedy.get()).review(bytes).body)
        var filter = WorkloadFilter()
        let answers = try reviewer().answers(try ManifestFile(bytes), chosenBy: &filter)
        #expect(answers.map(\.body) == [answer.body])
    }

    @Test("A review with a member twice is answered, as the server answers it")
    func duplicateKeys() throws {
        let text = String(decoding: try Fixture.admissionReview("minimal"), as: UTF8.self)
            .replacing("\"kind\": \"AdmissionReview\"", with: "\"kind\": \"AdmissionReview\", \"x\": 1, \"x\": 2")
        #expect(try reviewer().answer(Array(text.utf8))?.kind == .answered)
    }

    @Test("A manifest is no review")
    func manifest() throws {
        #expect(try reviewer().answer(try Fixture.manifest("json-compact.json")) == nil)
        #expect(try reviewer().answer(try Fixture.manifest("kind-pod.yaml")) == nil)
    }

    @Test(
        "The webhook's patch makes of a workload's pod what inject makes of its template",
        arguments: [
            "kind-pod.yaml", "kind-stateful-set.yaml", "kind-daemon-set.yaml", "kind-job.yaml", "kind-cron-job.yaml",
            "kind-rollout.yaml", "kind-replica-set.yaml", "annotations-asked.yaml", "init-containers-commented.yaml",
            "env-references.yaml", "volumes-every-kind.yaml", "containers-two.yaml",
            "pull-secrets-present.yaml", "tool-helm-create.yaml", "json-nulls.json",
        ]
    )
    func equalsInject(name: String) throws {
        let bytes = try Fixture.manifest(name)
        let document = try #require(try ManifestFile(bytes).documents.first)
        let workload = try #require(ManifestWorkload.find(in: document, paths: Example.scope.templates).first)
        let mine = try #require(try Example.injected(bytes).values.first?[workload.template.pointer])
        let review = PodReviewRequest.review(
            of: workload,
            pod: try workload.pod().json,
            namespace: "lab",
            pullSecrets: ["account"]
        )
        let answer = try #require(try reviewer().answer(JSONWriter.compact(review)))
        let response = try #require(try JSONParser.parse(answer.body)["response"])
        #expect(response["uid"]?.string?.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        let patch = try #require(response["patch"]?.string.flatMap { Data(base64Encoded: $0) })
        let operations = try JSONPatch(json: try JSONParser.parse([UInt8](patch)))
        let theirs = try operations.applied(to: try #require(review["request"]?["object"]))
        #expect(mine["spec"] == theirs["spec"])
        #expect(ours(mine) == ours(theirs))
        #expect(!ours(mine).isEmpty)
    }

    /// The annotations that Pillion and its sidecars have written, of the status the hashes of what was rendered.
    private func ours(_ pod: JSONValue) -> [String: JSONValue] {
        var annotations: [String: JSONValue] = [:]
        for member in pod["metadata"]?["annotations"]?.object?.members ?? [] {
            annotations[member.key] = member.value
        }
        if let status = annotations["pillion.dev/status"]?.string, let value = try? JSONParser.parse(Array(status.utf8))
        {
            annotations["pillion.dev/status"] = .array((value["sidecars"]?.array ?? []).map { $0["hash"] ?? .null })
        }
        return annotations
    }

    @Test("The same manifest gets the same answer")
    func stable() throws {
        let file = try ManifestFile(try Fixture.manifest("kind-cron-job.yaml"))
        var filter = WorkloadFilter()
        let first = try reviewer().answers(file, chosenBy: &filter).map(\.body)
        #expect(try reviewer().answers(file, chosenBy: &filter).map(\.body) == first)
    }
}
