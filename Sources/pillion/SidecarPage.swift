import JSON
import Reports
import SidecarCatalog

/// One version of a sidecar as its users need to know it.
struct SidecarPage {
    let sidecar: Sidecar
    let version: SidecarVersion
    let domain: String

    /// The page for a terminal.
    var text: String {
        var lines = ["\(sidecar.name) \(version.version): \(sidecar.title)"]
        if !sidecar.description.isEmpty { lines.append(sidecar.description) }
        lines.append("")
        var facts = [
            ["Phase", sidecar.phase],
            ["Versions", sidecar.versions.map(\.version.description).joined(separator: ", ")],
        ]
        let channels = sidecar.channels.map { "\($0.name) \($0.version)" }
        if !channels.isEmpty { facts.append(["Channels", channels.joined(separator: ", ")]) }
        if let owner = sidecar.owner {
            facts.append([
                "Owner", [owner.team, owner.contact, owner.docs].filter { !$0.isEmpty }.joined(separator: ", "),
            ])
        }
        lines.append(AlignedColumns.text(facts))
        lines.append(parameters.isEmpty ? "Parameters: none\n" : "Parameters:\n" + AlignedColumns.text(parameters))
        let example = annotations.split(separator: "\n").map { "  \($0)\n" }.joined()
        lines.append("Annotations for the pod (template):\n" + example)
        return lines.joined(separator: "\n")
    }

    /// The page for programs.
    var json: String {
        let parameters = version.parameters.map { parameter -> JSONValue in
            [
                "name": .string(parameter.name), "type": .string(parameter.type.rawValue),
                "allowed": .string(parameter.allowed), "required": .bool(parameter.isRequired),
                "default": defaultText(parameter).map { .string($0) } ?? .null,
                "description": .string(parameter.description),
                "annotation": .string("\(sidecar.name).\(domain)/\(parameter.name)"),
            ]
        }
        let value: JSONValue = [
            "name": .string(sidecar.name.rawValue), "version": .string(version.version.description),
            "title": .string(sidecar.title), "description": .string(sidecar.description),
            "phase": .string(sidecar.phase),
            "versions": .array(sidecar.versions.map { .string($0.version.description) }),
            "parameters": .array(parameters),
        ]
        return String(decoding: JSONWriter.pretty(value), as: UTF8.self) + "\n"
    }

    private var parameters: [[String]] {
        version.parameters.map { parameter in
            let value = parameter.isRequired ? "required" : defaultText(parameter).map { "default \($0)" } ?? "optional"
            return ["  \(parameter.name)", parameter.allowed, value, parameter.description]
        }
    }

    /// The annotations that ask for the sidecar, as lines of YAML; those that may be left out are comments.
    var annotations: String {
        var lines = ["\(domain)/inject: \(sidecar.name)"]
        for parameter in version.parameters {
            let mark = parameter.isRequired ? "" : "# "
            let text = JSONValue.string(defaultText(parameter) ?? "...").compactText
            lines.append("\(mark)\(sidecar.name).\(domain)/\(parameter.name): \(text)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The default as it is written in the catalog; nil when there is none.
    func defaultText(_ parameter: Parameter) -> String? {
        guard let template = parameter.default else { return nil }
        if let constant = template.constant { return constant.string ?? constant.compactText }
        return template.references.map(\.description).sorted().joined(separator: " ")
    }
}
