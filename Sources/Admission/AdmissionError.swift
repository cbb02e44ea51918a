/// Why a body is not an AdmissionReview that can be answered.
public struct AdmissionError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// The body is not JSON.
        case notJSON
        /// The body is JSON, but no AdmissionReview.
        case notAReview
        /// The API version is none that is understood.
        case unknownVersion
        /// There is no request in the review.
        case noRequest
        /// The request has no usable uid, so no answer would be accepted.
        case noUID
        /// A member has another type than the API says.
        case wrongType
        /// The object of a pod's creation is not a pod.
        case notAPod
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people.
    public let reason: String
    /// The uid of the request, where it was found.
    public let uid: String?
    /// The API version of the review, where it was found.
    public let apiVersion: String?

    /// Makes an error.
    public init(_ code: Code, _ reason: String, uid: String? = nil, apiVersion: String? = nil) {
        self.code = code
        self.reason = reason
        self.uid = uid
        self.apiVersion = apiVersion
    }

    /// Whether two errors are of the same kind about the same request.
    public static func == (left: AdmissionError, right: AdmissionError) -> Bool {
        left.code == right.code && left.uid == right.uid
    }
}
