import Admission
import Foundation
import JSON
import Testing

@Suite("AdmissionResponse")
struct AdmissionResponseTests {
    @Test("an allowed request without changes has neither patch nor patchType")
    func unchanged() {
        let response = AdmissionResponse(uid: "u")
        let text = String(decoding: response.text(apiVersion: "admission.k8s.io/v1"), as: UTF8.self)
        #expect(
            text
                == #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"u","allowed":true}}"#
        )
    }

    @Test("patch and patchType come together, and the patch is base 64 of its JSON", arguments: 0..<7)
    func patch(length: Int) throws {
        var response = AdmissionResponse(uid: "u")
        let patch = JSONPatch([.add(path: JSONPointer(["a"]), value: .string(String(repeating: "ü", count: length)))])
        response.patch = JSONWriter.compact(patch.json)
        let review = try JSONParser.parse(response.text(apiVersion: "admission.k8s.io/v1beta1"))
        #expect(review["apiVersion"] == "admission.k8s.io/v1beta1")
        #expect(review["response"]?["patchType"] == "JSONPatch")
        let text = try #require(review["response"]?["patch"]?.string)
        let bytes = [UInt8](try #require(Data(base64Encoded: text)))
        #expect(try JSONPatch(json: JSONParser.parse(bytes)) == patch)
    }

    @Test("a rejection carries its status, and warnings and audit annotations are passed on")
    func rejection() throws {
        var response = AdmissionResponse(uid: "u")
        response.isAllowed = false
        response.status = .init(code: 403, reason: "Forbidden", message: "no")
        response.warnings = ["w"]
        response.auditAnnotations = [("decision", "deny")]
        let review = try JSONParser.parse(response.text(apiVersion: "admission.k8s.io/v1"))
        #expect(review["response"]?["status"] == ["code": 403, "reason": "Forbidden", "message": "no"])
        #expect(review["response"]?["warnings"] == ["w"])
        #expect(review["response"]?["auditAnnotations"] == ["decision": "deny"])
    }
}
