import JSON
import SidecarCatalog

/// The values that templates take when lint renders them: the defaults, and an example where there is none.
struct DefaultValues {
    /// The user and group of an application that names none.
    private static let identity = 10_000
    /// The port of an application.
    private static let port = 8080

    private var parameters: [String: JSONValue] = [:]

    /// Works out the value of every parameter of a version.
    init(_ version: SidecarVersion) {
        for parameter in version.parameters {
            parameters[parameter.name] = Self.value(of: parameter)
        }
    }

    /// The template with the values; `null` when it cannot be rendered, which the loader has reported.
    func render(_ template: Template) -> JSONValue {
        if let constant = template.constant { return constant }
        let known = parameters
        do throws(SubstitutionError) {
            return try template.render { reference throws(SubstitutionError) in
                if case .parameter(let name) = reference { return known[name] ?? "" }
                return Self.context(reference)
            }
        } catch {
            return .null
        }
    }

    private static func value(of parameter: Parameter) -> JSONValue {
        if let value = parameter.checkedDefault { return value }
        if let template = parameter.default {
            do throws(SubstitutionError) {
                return try template.render { reference throws(SubstitutionError) in context(reference) }
            } catch {
                return parameter.sample ?? example(parameter.type)
            }
        }
        return parameter.sample ?? example(parameter.type)
    }

    private static func context(_ reference: Reference) -> JSONValue {
        switch reference {
        case .parameter: ""
        case .podNamespace, .podServiceAccount: "default"
        case .appContainer: "app"
        case .appPort: .integer(port)
        case .appRunAsUser, .appRunAsGroup: .integer(identity)
        }
    }

    private static func example(_ type: ParameterType) -> JSONValue {
        switch type {
        case .string, .text, .name, .enum: "example"
        case .integer, .number: 1
        case .boolean: false
        case .quantity: "1Mi"
        case .duration: "1s"
        // No port at all: two sidecars whose ports have to be set do not collide.
        case .port: 0
        case .path: "/example"
        case .image: "registry.example/example:1.0.0"
        case .list: []
        }
    }
}
