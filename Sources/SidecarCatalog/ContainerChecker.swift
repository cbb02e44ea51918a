import JSON
import Kubernetes

/// Checks what a container of the catalog may say beyond its shape.
struct ContainerChecker {
    /// The advice for what raises the rights of a pod.
    static let exceptionHint = "remove it, or say why in 'podSecurityException' of the sidecar"

    /// The container.
    let container: JSONValue
    /// Where it stands.
    let pointer: JSONPointer
    /// Whether it runs to completion.
    let isSetup: Bool
    /// Whether the sidecar says why it may raise what the pod may do.
    let hasSecurityException: Bool

    /// Reports everything that is wrong.
    func check(_ findings: inout DocumentFindings) {
        for field in ["name", "restartPolicy"] where container[field] != nil {
            let message = "'\(field)' of the container is set by Pillion"
            findings.nameError(.reservedField, message, hint: "remove it", at: pointer.appending(field))
        }
        if container["image"]?.string?.isEmpty == true {
            findings.error(.missingField, "the image is empty", hint: "name one", at: pointer.appending("image"))
        }
        checkImage(&findings)
        checkLifeCycle(&findings)
        for (index, port) in (container["ports"]?.array ?? []).enumerated() {
            check(port: port, at: pointer.appending("ports").appending(index), &findings)
        }
        checkSecurity(&findings)
    }

    private func checkImage(_ findings: inout DocumentFindings) {
        guard let image = container["image"]?.string, !image.isEmpty, !image.utf8.contains(UInt8(ascii: "$")) else {
            return
        }
        guard !ImageReference.isValid(image) else { return }
        let hint = "write it like registry.example/team/name:1.2.3"
        findings.error(
            .invalidValue,
            "\(Quoted(image)) is not an image reference",
            hint: hint,
            at: pointer.appending("image")
        )
    }

    /// Kubernetes refuses probes and hooks of init containers that run to completion.
    private func checkLifeCycle(_ findings: inout DocumentFindings) {
        guard isSetup else { return }
        for field in ["startupProbe", "livenessProbe", "readinessProbe", "lifecycle"] where container[field] != nil {
            let message = "a setup step runs to completion and cannot have '\(field)'"
            findings.nameError(.reservedField, message, hint: "remove it", at: pointer.appending(field))
        }
    }

    private func check(port: JSONValue, at place: JSONPointer, _ findings: inout DocumentFindings) {
        if let name = port["name"]?.string, !KubernetesName.isPortName(name) {
            let hint = "at most 15 lower-case letters, digits and single '-', at least one letter"
            findings.error(.invalidPort, "\(Quoted(name)) cannot name a port", hint: hint, at: place.appending("name"))
        }
        switch port["containerPort"] {
        case .number(let number)? where (1...65535).contains(number.integer ?? 0): break
        case .string(let text)? where TemplateText(text).isOneReference: break
        case nil: break
        default:
            let hint = "a number from 1 to 65535 or a reference to a parameter of type port"
            findings.error(.invalidPort, "the port is not one", hint: hint, at: place.appending("containerPort"))
        }
        if let hostPort = port["hostPort"], hostPort != 0 {
            refuse("the container has a host port", at: place.appending("hostPort"), &findings)
        }
    }

    private func checkSecurity(_ findings: inout DocumentFindings) {
        let place = pointer.appending("securityContext")
        guard let context = container["securityContext"] else { return }
        if let privileged = context["privileged"], privileged != false, !privileged.isNull {
            refuse("the container is privileged", at: place.appending("privileged"), &findings)
        }
        if let added = context["capabilities"]?["add"], !added.isNull, added != [] {
            refuse("the container adds capabilities", at: place.appending("capabilities").appending("add"), &findings)
        }
    }

    private func refuse(_ message: String, at place: JSONPointer, _ findings: inout DocumentFindings) {
        guard !hasSecurityException else { return }
        findings.nameError(.podSecurity, message, hint: Self.exceptionHint, at: place)
    }
}
