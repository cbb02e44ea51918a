public import KubernetesAPI
public import OpenSSL

/// Something that happened while certificates were kept, for a log and for counters.
public enum RotationEvent: Sendable {
    /// The Secret was changed by this replica.
    case changed(RotationPlan.Change)
    /// Another replica was faster; its certificates are taken up.
    case overtaken
    /// A certificate is used for new connections from now on.
    case serving(fingerprint: String, notAfter: Int64)
    /// A configuration trusts what it should again.
    case published(ObjectReference)
    /// A configuration is not there, or has no entry for the Service.
    case unpublished(ObjectReference, reason: String)
    /// The API server did not do what it was asked; it is asked again.
    case failed(KubernetesAPIError)
    /// A certificate cannot be made or used.
    case unusable(OpenSSLError)
    /// The Secret's authority begins in the future: a clock is wrong.
    case clockBehind
}
