import Admission
import Fixtures
import Injection
import JSON
import SidecarCatalog
import Testing

/// Every AdmissionReview captured from a real API server, as it came and asking for two sidecars.
@Suite("AdmissionReviewer over captured reviews")
struct CapturedReviewTests {
    /// Why a captured pod that asks for `log-shipper, proxy` is denied.
    private static let denials: [String: ReasonCode] = [
        "host-network": .hostNetwork,
        "windows-os": .windowsPod,
    ]

    @Test("as captured none is changed and none is denied", arguments: Fixture.admissionReviews)
    func asCaptured(_ name: String) throws {
        let reviewer = AdmissionReviewer(catalog: try TestCatalog.shipped())
        let outcome = reviewer.review(try Fixture.admissionReview(name))
        #expect(outcome.kind == .answered)
        #expect(outcome.record.decision == "skip", "\(outcome.record.reason.message)")
        let answer = try JSONParser.parse(outcome.body)
        #expect(answer["response"]?["allowed"] == true)
        #expect(answer["response"]?["patch"] == nil && answer["response"]?["patchType"] == nil)
    }

    @Test(
        "asking for two sidecars every new pod gets them or is denied for a listed reason",
        arguments: Fixture.admissionReviews
    )
    func asking(_ name: String) throws {
        let reviewer = AdmissionReviewer(catalog: try TestCatalog.shipped())
        let review = try Self.asking(try JSONParser.parse(try Fixture.admissionReview(name)))
        let outcome = reviewer.review(JSONWriter.compact(review))
        let answer = try JSONParser.parse(outcome.body)
        #expect(answer["apiVersion"] == review["apiVersion"])
        #expect(answer["response"]?["uid"] == review["request"]?["uid"])
        guard try AdmissionReview(json: review).request.isPodCreation else {
            #expect(outcome.record.reason.code == .notPodCreate)
            return
        }
        if let denial = Self.denials[name] {
            #expect(outcome.record.reason.code == denial)
            #expect(answer["response"]?["allowed"] == false)
            return
        }
        #expect(outcome.record.reason.code == .injected, "\(outcome.record.reason.message)")
        #expect(outcome.record.injected.map(\.name) == ["proxy", "log-shipper"])
        try secondPass(reviewer, review)
    }

    private func secondPass(_ reviewer: AdmissionReviewer, _ review: JSONValue) throws {
        let object = try #require(review["request"]?["object"])
        let injector = PodInjector(catalog: try TestCatalog.shipped())
        let patched = try injector.decide(object).pod
        let namesBefore = object.names("initContainers") + object.names("containers")
        #expect(
            (patched.names("initContainers") + patched.names("containers")).filter { namesBefore.contains($0) }
                == namesBefore
        )
        for pod in [patched, APIServerDefaults.applied(to: patched)] {
            let again = JSONPatch([.replace(path: JSONPointer(["request", "object"]), value: pod)])
            let outcome = reviewer.review(JSONWriter.compact(try again.applied(to: review)))
            #expect(outcome.record.reason.code == .alreadyInjected, "\(outcome.record.reason.message)")
        }
    }

    /// The review with the annotations that ask for two sidecars, where it has an object.
    static func asking(_ review: JSONValue) throws -> JSONValue {
        guard review["request"]?["object"]?["metadata"]?.object != nil else { return review }
        let annotations = JSONPointer(["request", "object", "metadata", "annotations"])
        var operations: [JSONPatch.Operation] = []
        if review[annotations]?.object == nil { operations.append(.add(path: annotations, value: [:])) }
        operations.append(.add(path: annotations.appending("pillion.dev/inject"), value: "log-shipper, proxy"))
        operations.append(.add(path: annotations.appending("proxy.pillion.dev/port"), value: "8080"))
        return try JSONPatch(operations).applied(to: review)
    }
}
