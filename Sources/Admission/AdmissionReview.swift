public import JSON

/// An AdmissionReview as the API server sends it to a webhook (admission.k8s.io v1 and v1beta1).
///
/// Only what a webhook may rely on is required: the version, the kind and a request with a uid. What may be absent in
/// one version or for one operation is optional, `null` counts as absent, and unknown members are ignored.
public struct AdmissionReview: Sendable {
    /// The API versions that are understood; a response answers in the version of its request.
    public static let apiVersions = ["admission.k8s.io/v1", "admission.k8s.io/v1beta1"]

    /// The API version of the request, to be echoed.
    public let apiVersion: String
    /// What is asked.
    public let request: AdmissionRequest

    /// Reads a review.
    ///
    /// - Parameter json: The parsed body.
    /// - Throws: What is wrong, with the uid and version where they could be found.
    public init(json: JSONValue) throws(AdmissionError) {
        guard json.object != nil else {
            throw AdmissionError(.notAReview, "the body is a JSON \(json.kind), not an AdmissionReview object")
        }
        let uid = json["request"]?["uid"]?.string
        guard let apiVersion = json["apiVersion"]?.string, Self.apiVersions.contains(apiVersion) else {
            let versions = Self.apiVersions.joined(separator: " or ")
            throw AdmissionError(.unknownVersion, "apiVersion must be \(versions)", uid: uid)
        }
        guard json["kind"]?.string == "AdmissionReview" else {
            throw AdmissionError(.notAReview, "kind must be AdmissionReview", uid: uid, apiVersion: apiVersion)
        }
        guard let request = json["request"], request.object != nil else {
            throw AdmissionError(.noRequest, "the review has no request", apiVersion: apiVersion)
        }
        self.apiVersion = apiVersion
        do throws(AdmissionError) {
            self.request = try AdmissionRequest(json: request)
        } catch {
            throw AdmissionError(error.code, error.reason, uid: uid, apiVersion: apiVersion)
        }
    }
}
