import JSON
import SidecarCatalog

extension Application {
    /// The value of a reference to the pod or its application.
    ///
    /// - Throws: `unavailable` when the pod does not have it, and `unset` for a parameter, which it cannot know.
    func value(of reference: Reference, namespace: String) throws(SubstitutionError) -> JSONValue {
        switch reference {
        case .parameter(let name):
            throw SubstitutionError(code: .unset, reason: "parameter \(name) is not set", reference: reference)
        case .podNamespace:
            return .string(namespace)
        case .podServiceAccount:
            return .string(serviceAccount)
        case .appContainer:
            guard let first else {
                throw SubstitutionError(code: .unavailable, reason: "the pod has no container", reference: reference)
            }
            return .string(first.name)
        case .appPort:
            guard let port else {
                let reason = "no container of the application declares a TCP port"
                throw SubstitutionError(code: .unavailable, reason: reason, reference: reference)
            }
            return .integer(port)
        case .appRunAsUser:
            return .integer(runAsUser)
        case .appRunAsGroup:
            return .integer(runAsGroup)
        }
    }
}
