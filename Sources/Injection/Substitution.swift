import JSON
import SidecarCatalog

/// The values that a sidecar's templates take for one pod.
struct Substitution: Sendable {
    private let sidecar: Sidecar
    private let application: Application
    private let namespace: String
    private let keys: AnnotationKey
    /// The values of the parameters that have one.
    private(set) var parameters: [String: JSONValue] = [:]

    /// Works out every parameter of a version.
    ///
    /// - Throws: A reason naming the annotation, its value and what is allowed.
    init(
        sidecar: Sidecar,
        version: SidecarVersion,
        settings: [InjectionRequest.ParameterSetting],
        application: Application,
        namespace: String,
        keys: AnnotationKey
    ) throws(Reason) {
        self.sidecar = sidecar
        self.application = application
        self.namespace = namespace
        self.keys = keys
        for parameter in version.parameters {
            let setting = settings.last { $0.parameter.hasSameBytes(as: parameter.name) }
            guard let value = try value(of: parameter, setting: setting?.value) else { continue }
            parameters[parameter.name] = value
        }
    }

    /// The template with this pod's values.
    func render(_ template: Template) throws(Reason) -> JSONValue {
        do throws(SubstitutionError) {
            return try template.render(resolve)
        } catch {
            throw reason(error)
        }
    }

    private func value(of parameter: Parameter, setting: String?) throws(Reason) -> JSONValue? {
        if setting == nil, let value = parameter.checkedDefault { return value }
        let key = keys.parameter(parameter.name, of: sidecar.name.rawValue)
        let fallback =
            try setting == nil
            ? parameter.default.map { template throws(Reason) in
                try defaultValue(template, key: key, allowed: parameter.allowed)
            } : nil
        do throws(ParameterError) {
            if let setting { return try parameter.value(from: setting) }
            if let fallback { return try parameter.checked(fallback) }
        } catch {
            throw Reason(.invalidParameter, "\(key): \(error)")
        }
        guard !parameter.isRequired else {
            throw Reason(.missingParameter, "\(key) is not set; it takes \(parameter.allowed)")
        }
        return nil
    }

    private func defaultValue(_ template: Template, key: String, allowed: String) throws(Reason) -> JSONValue {
        do throws(SubstitutionError) {
            return try template.render(resolve)
        } catch {
            throw Reason(
                .missingParameter,
                "\(key) is not set, and its default cannot be used: \(error.reason); set it to \(allowed)"
            )
        }
    }

    private func resolve(_ reference: Reference) throws(SubstitutionError) -> JSONValue {
        switch reference {
        case .parameter(let name):
            guard let value = parameters[name] else {
                throw SubstitutionError(code: .unset, reason: "parameter \(name) is not set", reference: reference)
            }
            return value
        default:
            return try application.value(of: reference, namespace: namespace)
        }
    }

    private func reason(_ error: SubstitutionError) -> Reason {
        guard case .parameter(let name) = error.reference else {
            return Reason(.missingParameter, "\(sidecar.name): \(error.reason)")
        }
        let key = keys.parameter(name, of: sidecar.name.rawValue)
        return Reason(.missingParameter, "\(key) is needed and not set: \(error.reason)")
    }
}
