import JSON
import SidecarCatalog

/// Nothing in the catalog is a secret.
enum SecretTextRule: LintRule {
    static let pages = [
        CodePage(
            "secret-in-catalog",
            .warning,
            "Something that looks like a secret",
            "The catalog lies in Git, and what it says becomes part of pods: annotations, arguments and environment "
                + "variables that everybody who may read pods can read. Take secrets from a Secret (valueFrom, a mounted "
                + "volume) or from an agent that fetches them.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  env: [{name: OUTPUT_PASSWORD, value: correct-horse-battery}]
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  env:
                    - name: OUTPUT_PASSWORD
                      valueFrom: {secretKeyRef: {name: log-store, key: password}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for file in version.version.files {
                let place = version.pointer.appending("files").appending(file.path).appending(file.format.rawValue)
                let body = version.declared["files"]?[file.path]?[file.format.rawValue] ?? .null
                search(body, nil, place, version, &findings)
            }
            for container in version.containers {
                for field in ["command", "args"] {
                    let place = container.pointer.appending(field)
                    search(container.declared[field] ?? .null, nil, place, version, &findings)
                }
                variables(container.declared["env"], container.pointer.appending("env"), version, &findings)
            }
            let app = version.pointer.appending("app").appending("env")
            variables(version.declared["app"]?["env"], app, version, &findings)
        }
    }

    private static func variables(
        _ list: JSONValue?,
        _ pointer: JSONPointer,
        _ version: LintedVersion,
        _ findings: inout LintFindings
    ) {
        for (index, variable) in (list?.array ?? []).enumerated() {
            let place = pointer.appending(index).appending("value")
            search(variable["value"] ?? .null, variable["name"]?.string, place, version, &findings)
        }
    }

    /// Looks at every string of a tree, whose nesting is bounded by its reader.
    private static func search(
        _ value: JSONValue,
        _ name: String?,
        _ pointer: JSONPointer,
        _ version: LintedVersion,
        _ findings: inout LintFindings
    ) {
        switch value {
        case .object(let object):
            for member in object.members {
                search(member.value, member.key, pointer.appending(member.key), version, &findings)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                search(element, name, pointer.appending(index), version, &findings)
            }
        case .string(let text):
            guard let kind = SecretText.kind(of: text, named: name) else { return }
            // The text itself is never repeated.
            findings.add(
                pages[0],
                "this looks like \(kind)",
                hint: "take it from a Secret or an agent, never from the catalog",
                in: version.document,
                at: pointer
            )
        default:
            break
        }
    }
}
