import JSON

/// The spellings that Kubernetes allows for names
/// (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).
package enum KubernetesName {
    /// How long a label may be (RFC 1123 section 2.1).
    package static let maximumLabelLength = 63
    /// How long a subdomain may be.
    package static let maximumSubdomainLength = 253
    /// How long the name of a port may be (RFC 6335 section 5.1).
    package static let maximumPortNameLength = 15

    /// Whether `name` is an RFC 1123 label: lower-case letters, digits and `-`, not at either end.
    package static func isLabel(_ name: String) -> Bool {
        let bytes = name.utf8Span.span
        guard (1...maximumLabelLength).contains(bytes.count) else { return false }
        return bytes[0].isLowerAlphanumeric && bytes[bytes.count - 1].isLowerAlphanumeric
            && name.allBytes { $0.isLowerAlphanumeric || $0 == UInt8(ascii: "-") }
    }

    /// Whether `name` is an RFC 1123 subdomain: labels joined by dots.
    package static func isSubdomain(_ name: String) -> Bool {
        guard name.utf8.count <= maximumSubdomainLength else { return false }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel(String($0)) }
    }

    /// Whether `name` is an IANA service name: a label of at most 15 characters with a letter and no `--`.
    package static func isPortName(_ name: String) -> Bool {
        guard isLabel(name), name.utf8.count <= maximumPortNameLength else { return false }
        return name.utf8.contains(where: \.isLetter)
            && !zip(name.utf8, name.utf8.dropFirst()).contains { $0 == (45, 45) }
    }
}
