import JSON
import Kubernetes

/// Checks names that end up in a pod behind a sidecar's name.
enum NameChecker {
    /// Reports a name that is no label or gets too long.
    ///
    /// - Parameters:
    ///   - name: The name in the catalog.
    ///   - what: What it names, for the message.
    ///   - prefixed: The name in the pod.
    ///   - pointer: Where the name stands.
    ///   - isMemberName: Whether it is the name of a member instead of a value.
    ///   - findings: Where to report.
    static func checkPrefixed(
        _ name: String,
        _ what: String,
        prefixed: String,
        at pointer: JSONPointer,
        isMemberName: Bool,
        _ findings: inout DocumentFindings
    ) {
        if !KubernetesName.isLabel(name) {
            let hint = "lower-case letters, digits and '-', beginning and ending with a letter or digit"
            let message = "\(Quoted(name)) cannot name a \(what)"
            findings.add(.error, .invalidName, message, hint: hint, at: pointer, isAboutName: isMemberName)
        } else if prefixed.utf8.count > KubernetesName.maximumLabelLength {
            let excess = prefixed.utf8.count - KubernetesName.maximumLabelLength
            let message = "the \(what) would be called '\(prefixed)' in the pod, which is longer than 63 characters"
            let hint = "shorten it by \(excess)"
            findings.add(.error, .nameTooLong, message, hint: hint, at: pointer, isAboutName: isMemberName)
        }
    }
}
