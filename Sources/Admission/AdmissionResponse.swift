/// The answer to an AdmissionReview (admission.k8s.io/v1, AdmissionResponse).
public struct AdmissionResponse: Sendable {
    /// The uid of the request.
    public let uid: String
    /// Whether the request may go on; `false` rejects it under every failure policy.
    public var isAllowed: Bool
    /// The status of a rejection: an HTTP code from 400 and a sentence for the user.
    public var status: Status?
    /// The changes to the object: a JSON Patch (RFC 6902) as JSON text, or nil for none.
    public var patch: [UInt8]?
    /// Warnings for the client; the API server advises 120 characters each and passes on 4096 in total.
    public var warnings: [String]
    /// Facts for the audit log, in order; keys without `/`.
    public var auditAnnotations: [(key: String, value: String)]

    /// Why a request was rejected.
    public struct Status: Sendable, Equatable {
        /// The HTTP code that the client gets.
        public let code: Int
        /// The machine-readable reason (metav1.StatusReason), for example `Forbidden`.
        public let reason: String
        /// A sentence for the user.
        public let message: String

        /// Makes a status.
        public init(code: Int, reason: String, message: String) {
            self.code = code
            self.reason = reason
            self.message = message
        }
    }

    /// Makes a response that allows the request unchanged.
    public init(uid: String) {
        self.uid = uid
        self.isAllowed = true
        self.warnings = []
        self.auditAnnotations = []
    }
}
