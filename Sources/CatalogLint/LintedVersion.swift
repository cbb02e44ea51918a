import JSON
import Kubernetes
import SidecarCatalog

/// A version of a sidecar, rendered with the default parameters.
final class LintedVersion {
    /// A part of the version that stands at a place of its own.
    struct Part {
        let value: JSONValue
        let pointer: JSONPointer
    }

    /// The sidecar.
    let sidecar: Sidecar
    /// The version.
    let version: SidecarVersion
    /// The document it is declared in.
    let document: CatalogDocument
    /// Where in the document it stands.
    let pointer: JSONPointer
    /// The version as it is written.
    let declared: JSONValue
    /// The sidecar's own container.
    let container: LintedContainer
    /// The containers that run to completion.
    let steps: [LintedContainer]
    /// The volumes, in the order of the templates.
    let volumes: [Part]
    /// What the application's containers mount; the names are those in the catalog.
    let appMounts: [Part]
    /// What the application's containers find in their environment.
    let appEnvironment: [Part]
    /// What the pod receives.
    let annotations: JSONObject
    /// What the pod receives.
    let labels: JSONObject

    /// Renders a version.
    init(_ sidecar: Sidecar, _ version: SidecarVersion, document: CatalogDocument) {
        self.sidecar = sidecar
        self.version = version
        self.document = document
        let pointer = JSONPointer(["spec", "versions", version.version.description])
        self.pointer = pointer
        let declared = document.value["spec"]?["versions"]?[version.version.description] ?? [:]
        self.declared = declared
        let values = DefaultValues(version)
        container = LintedContainer(
            json: values.render(version.container),
            declared: declared["container"] ?? [:],
            pointer: pointer.appending("container"),
            isSetup: false
        )
        steps = version.setup.map { step in
            LintedContainer(
                json: values.render(step.container),
                declared: declared["setup"]?[step.name] ?? [:],
                pointer: pointer.appending("setup").appending(step.name),
                isSetup: true
            )
        }
        volumes = Self.parts(version.volumes.map(\.body), values, pointer.appending("volumes"))
        let app = pointer.appending("app")
        appMounts = Self.parts(version.app.volumeMounts, values, app.appending("volumeMounts"))
        appEnvironment = Self.parts(version.app.env, values, app.appending("env"))
        annotations = values.render(version.pod.annotations).object ?? JSONObject()
        labels = values.render(version.pod.labels).object ?? JSONObject()
    }

    private static func parts(_ templates: [Template], _ values: DefaultValues, _ pointer: JSONPointer) -> [Part] {
        templates.enumerated().map { Part(value: values.render($1), pointer: pointer.appending($0)) }
    }

    /// The sidecar's own container and those that run to completion.
    var containers: [LintedContainer] { [container] + steps }

    /// What the sidecar's own container requests; Kubernetes takes a missing request from the limit.
    ///
    /// Steps that run to completion are left out: they run before or between the others.
    var requests: ResourceList {
        var requests = ResourceList(json: container.json["resources"]?["limits"])
        requests.replace(with: ResourceList(json: container.json["resources"]?["requests"]))
        return requests
    }

    /// The pod that a restricted application without volumes becomes with this sidecar, as far as its security goes.
    var podSpec: JSONObject {
        func named(_ value: JSONValue, _ name: String) -> JSONValue {
            var object = value.object ?? JSONObject()
            object["name"] = .string(name)
            return .object(object)
        }
        var containers = [named(container.json, sidecar.name.rawValue)]
        containers += zip(steps, version.setup).map { named($0.json, $1.containerName) }
        return [
            "initContainers": .array(containers),
            "volumes": .array(zip(volumes, version.volumes).map { named($0.value, $1.podName) }),
        ]
    }

    /// The content of a file with the default parameters.
    func content(of file: FileTemplate) -> JSONValue {
        DefaultValues(version).render(file.body)
    }

    /// Whether a part of the version depends on a port of the application, directly or by the default of a parameter.
    func refersToApplicationPort(_ value: JSONValue) -> Bool {
        let text = value.compactText
        guard text.utf8.contains(UInt8(ascii: "$")) else { return false }
        if text.contains(Reference.appPort.description) { return true }
        return version.parameters.contains { parameter in
            parameter.default?.references.contains(.appPort) == true
                && text.contains(Reference.parameter(parameter.name).description)
        }
    }
}
