import Admission
import Fixtures
import JSON
import Testing

@Suite("AdmissionReview")
struct AdmissionReviewTests {
    @Test("every captured review is read", arguments: Fixture.admissionReviews)
    func captured(_ name: String) throws {
        let json = try JSONParser.parse(try Fixture.admissionReview(name))
        let review = try AdmissionReview(json: json)
        #expect(review.request.uid == json["request"]?["uid"]?.string)
        #expect(review.apiVersion == json["apiVersion"]?.string)
        #expect(review.request.namespace == json["request"]?["namespace"]?.string)
    }

    @Test("there are captured reviews to read")
    func presence() {
        #expect(Fixture.admissionReviews.count == 45)
    }

    @Test(
        "only the creation of a pod itself counts as one",
        arguments: [
            "binding", "eviction", "delete", "connect-exec", "update-put", "kubectl-debug-ephemeral",
            "resize-subresource",
        ]
    )
    func otherRequests(_ name: String) throws {
        let review = try AdmissionReview(json: try JSONParser.parse(try Fixture.admissionReview(name)))
        #expect(!review.request.isPodCreation)
    }

    @Test(
        "what cannot be answered is refused",
        arguments: [
            ("[]", AdmissionError.Code.notAReview), ("{}", .unknownVersion),
            (#"{"apiVersion":"admission.k8s.io/v2","kind":"AdmissionReview"}"#, .unknownVersion),
            (#"{"apiVersion":"admission.k8s.io/v1","kind":"Pod"}"#, .notAReview),
            (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}"#, .noRequest),
            (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":null}"#, .noRequest),
            (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}"#, .noUID),
            (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":7}}"#, .wrongType),
            (
                #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"a","kind":1}}"#,
                .wrongType
            ),
        ]
    )
    func refusals(_ body: String, _ code: AdmissionError.Code) throws {
        let json = try JSONParser.parse(Array(body.utf8))
        let error = #expect(throws: AdmissionError.self) { try AdmissionReview(json: json) }
        #expect(error?.code == code)
    }

    @Test("an error carries the uid where there is one")
    func uid() throws {
        let json: JSONValue = ["apiVersion": "admission.k8s.io/v3", "request": ["uid": "u-1"]]
        let error = #expect(throws: AdmissionError.self) { try AdmissionReview(json: json) }
        #expect(error?.uid == "u-1")
    }
}
