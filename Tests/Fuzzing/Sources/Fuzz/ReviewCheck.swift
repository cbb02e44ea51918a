import Foundation
import Injection
import JSON
import SidecarCatalog

/// What holds for the answer to every AdmissionReview.
struct ReviewCheck {
    private let reviewer: AdmissionReviewer

    /// Makes a check with the shipped catalog.
    init() throws {
        reviewer = AdmissionReviewer(catalog: try ShippedCatalog.load())
    }

    /// The first promise that the answer to `body` breaks, or nil.
    func problem(with body: [UInt8]) -> String? {
        let outcome = reviewer.review(body)
        guard outcome.kind != .failed else { return "the engine failed" }
        guard let answer = try? JSONParser.parse(outcome.body) else { return "the answer is not JSON" }
        guard outcome.kind == .answered else { return nil }
        guard let review = try? JSONParser.parse(body) else { return "answered what is not JSON" }
        let response = answer["response"]
        guard answer["kind"] == "AdmissionReview", answer["apiVersion"] == review["apiVersion"] else {
            return "the answer is not a review of the same version"
        }
        guard response?["uid"] == review["request"]?["uid"] else { return "the uid is not echoed" }
        guard response?["allowed"]?.bool != nil else { return "allowed is missing" }
        guard (response?["patch"] == nil) == (response?["patchType"] == nil) else {
            return "patch and patchType do not come together"
        }
        guard let text = response?["patch"]?.string else { return nil }
        return problem(ofPatch: text, for: review)
    }

    /// A patch must apply, and to the patched pod nothing may be left to do.
    private func problem(ofPatch text: String, for review: JSONValue) -> String? {
        guard let bytes = Data(base64Encoded: text), let json = try? JSONParser.parse([UInt8](bytes)),
            let patch = try? JSONPatch(json: json)
        else { return "the patch cannot be read" }
        guard let patched = try? patch.moved(below: JSONPointer(["request", "object"])).applied(to: review) else {
            return "the patch does not apply"
        }
        let second = reviewer.review(JSONWriter.compact(patched))
        guard second.kind == .answered else { return "the patched pod cannot be reviewed" }
        guard let answer = try? JSONParser.parse(second.body) else { return "the second answer is not JSON" }
        return answer["response"]?["patch"] == nil ? nil : "the second review patches again"
    }
}
