/// What happens to `x-forwarded-client-cert`: `forward_client_cert_details` and `set_current_client_cert_details`.
public struct ForwardedClientCertificate: Sendable, Hashable {
    /// `forward_client_cert_details`.
    public enum Action: String, Sendable, CaseIterable {
        /// It goes.
        case sanitize = "SANITIZE"
        /// It stays where the connection is mutual TLS, else it goes.
        case forwardOnly = "FORWARD_ONLY"
        /// Where the connection is mutual TLS the client's certificate is appended, else it goes.
        case appendForward = "APPEND_FORWARD"
        /// Where the connection is mutual TLS it becomes the client's certificate, else it goes.
        case sanitizeSet = "SANITIZE_SET"
        /// It stays whatever the connection is.
        case alwaysForwardOnly = "ALWAYS_FORWARD_ONLY"
    }

    /// What happens (SANITIZE).
    public var action = Action.sanitize
    /// `subject`: whether the subject's distinguished name is told (false).
    public var includesSubject = false
    /// `cert`: whether the URL-encoded PEM certificate is told (false).
    public var includesCertificate = false
    /// `chain`: whether the URL-encoded PEM chain is told (false).
    public var includesChain = false
    /// `dns`: whether the DNS names are told (false).
    public var includesDNS = false
    /// `uri`: whether the URI is told (false).
    public var includesURI = false

    /// Makes the default values.
    public init() {}
}
