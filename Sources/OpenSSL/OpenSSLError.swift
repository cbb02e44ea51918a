/// What went wrong in TLS, a certificate, a key, or the file it came from.
///
/// Two errors are equal when code and location are; the reason is for people and may differ between releases of
/// OpenSSL.
public struct OpenSSLError: Error, Equatable, Sendable {
    /// The kind of failure, stable across releases.
    public enum Code: String, Sendable, CaseIterable {
        /// The linked OpenSSL is older than Pillion supports.
        case unsupportedVersion
        /// A file cannot be opened or read, or is not a regular file.
        case unreadableFile
        /// A file is larger than ``PEMFile/maximumBytes``.
        case oversizedFile
        /// A PEM block is damaged, cut off, or holds something else.
        case malformedPEM
        /// A PEM file has no certificate.
        case noCertificate
        /// A PEM file has more than ``CertificateChain/maximumCount`` certificates.
        case tooManyCertificates
        /// A PEM file has no revocation list.
        case noRevocationList
        /// A private key is missing, encrypted or of an unusable kind.
        case unusableKey
        /// A private key does not belong to its certificate.
        case keyMismatch
        /// A certificate's validity has ended.
        case expiredCertificate
        /// A certificate's validity has not begun.
        case prematureCertificate
        /// A setting (a protocol name, a host name, a date) cannot be used.
        case invalidConfiguration
        /// The handshake failed for a reason without a code of its own.
        case handshakeFailed
        /// The handshake did not end within its deadline.
        case handshakeTimedOut
        /// The peer closed the connection before the handshake ended.
        case handshakeInterrupted
        /// The peer spoke plain HTTP on a TLS port.
        case plainHTTP
        /// The two sides share no TLS version or cipher suite.
        case noCommonParameters
        /// The two sides share no application protocol (RFC 7301).
        case noCommonProtocol
        /// The peer's certificate was not accepted.
        case rejectedCertificate
        /// The peer ended the handshake or the connection with a fatal alert.
        case receivedAlert
        /// The peer broke the protocol after the handshake.
        case protocolViolation
        /// The connection ended without close_notify; what was received may be cut short (RFC 8446 section 6.1).
        case uncleanShutdown
        /// More was written before the handshake ended than may be kept.
        case writeBufferFull
        /// The TLS session has ended.
        case closed
        /// OpenSSL refused a call that never fails with sound arguments (memory is exhausted, a provider is missing).
        case libraryFailure

        /// The code in lower case with underscores, for a metric label.
        public var label: String {
            var text = ""
            var wasLower = false
            for character in rawValue {
                if character.isUppercase, wasLower { text += "_" }
                wasLower = character.isLowercase
                text += character.lowercased()
            }
            return text
        }
    }

    /// The kind of failure.
    public var code: Code
    /// What happened, to what, and what to do; for people.
    public var reason: String
    /// The file or setting concerned, where there is one.
    public var location: String?

    /// Makes an error.
    public init(_ code: Code, _ reason: String, at location: String? = nil) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// The same error, said of `location`.
    public func located(at location: String) -> OpenSSLError {
        OpenSSLError(code, reason, at: location)
    }

    /// Whether code and location are the same.
    public static func == (left: OpenSSLError, right: OpenSSLError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension OpenSSLError: CustomStringConvertible {
    /// The location, the reason and the code on one line.
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(reason) (\(code.rawValue))"
    }
}
