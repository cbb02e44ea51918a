import JSON
import Kubernetes

/// Reads a list of patterns and reports those that no name can match.
struct GlobListBuilder {
    /// What the patterns are about.
    enum Subject {
        /// Names of namespaces, which are RFC 1123 labels.
        case namespaces
        /// Names of service accounts, which are RFC 1123 subdomains.
        case serviceAccounts
        /// References to images.
        case images

        fileprivate var singular: String {
            switch self {
            case .namespaces: "namespace"
            case .serviceAccounts: "service account"
            case .images: "image"
            }
        }

        fileprivate var allowed: String {
            switch self {
            case .namespaces: "lower-case letters, digits, '-', and '*' for any characters"
            case .serviceAccounts: "lower-case letters, digits, '-', '.', and '*' for any characters"
            case .images: "a reference such as registry.example/team/*, with '*' for any characters"
            }
        }

        fileprivate func allows(_ byte: UInt8) -> Bool {
            if byte.isLowerAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") { return true }
            return switch self {
            case .namespaces: false
            case .serviceAccounts: byte == UInt8(ascii: ".")
            case .images: byte.isAlphanumeric || "._/:@".utf8.contains(byte)
            }
        }
    }

    /// What the patterns are about.
    let subject: Subject
    /// Whether a list without a pattern says something that can be meant.
    var allowsEmpty = false

    /// The patterns in `value`, or nil when there is no list.
    func build(_ value: JSONValue?, at pointer: JSONPointer, _ findings: inout DocumentFindings) -> GlobList? {
        guard let elements = value?.array else { return nil }
        if elements.isEmpty, !allowsEmpty {
            findings.warning(
                .invalidValue,
                "the list is empty, so that no \(subject.singular) matches",
                hint: "leave it out to match all",
                at: pointer
            )
        }
        for (index, element) in elements.enumerated() {
            guard let pattern = element.string else { continue }
            guard pattern.isEmpty || !pattern.utf8.allSatisfy(subject.allows) else { continue }
            let message = "\(Quoted(pattern)) matches no \(subject.singular)"
            findings.error(.invalidValue, message, hint: subject.allowed, at: pointer.appending(index))
        }
        return GlobList(elements.compactMap(\.string))
    }
}
