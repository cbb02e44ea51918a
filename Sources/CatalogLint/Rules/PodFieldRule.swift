import JSON
import SidecarCatalog

/// Containers and volumes have the fields that Kubernetes knows, with the types it wants.
enum PodFieldRule: LintRule {
    /// The loader knows the upper fields of a container and has the page of the code.
    private static let unknown = LintCodes.loaderPages.first {
        $0.code == DiagnosticCode.unknownContainerField.rawValue
    }

    static let pages = [
        CodePage(
            "wrong-field-type",
            .error,
            "A field of another type than Kubernetes has",
            "The API server cannot read the pod once the sidecar is in it, so every pod that asks for the sidecar is "
                + "refused. The table of fields is that of Kubernetes \(PodSchema.release).",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  startupProbe: {httpGet: {path: /, port: 80}, periodSeconds: 1s}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  startupProbe: {httpGet: {path: /, port: 80}, periodSeconds: 1}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            for container in version.containers {
                let own = container.isSetup ? ["place"] : []
                check(container.json, "Container", container.pointer, version, own, &findings)
            }
            for volume in version.volumes {
                check(volume.value, "Volume", volume.pointer, version, ["name", "shared"], &findings)
            }
            for mount in version.appMounts {
                check(mount.value, "VolumeMount", mount.pointer, version, [], &findings)
            }
            for variable in version.appEnvironment {
                check(variable.value, "EnvVar", variable.pointer, version, [], &findings)
            }
        }
    }

    private static func check(
        _ value: JSONValue,
        _ type: String,
        _ pointer: JSONPointer,
        _ version: LintedVersion,
        _ own: [String],
        _ findings: inout LintFindings
    ) {
        // What could not be rendered has been reported.
        guard !value.isNull else { return }
        for problem in PodSchema.problems(value, type, at: pointer) {
            switch problem.kind {
            case .unknownField(let name, let known):
                let isOwn = own.contains(name) && problem.pointer.tokens.count == pointer.tokens.count + 1
                guard let unknown, !isOwn, !findings.contains(unknown.code, in: version.document, at: problem.pointer)
                else { continue }
                let nearest = NearestName.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                findings.add(
                    unknown,
                    "unknown field '\(Excerpt.cut(name))'",
                    hint: nearest ?? "allowed fields: \(known.joined(separator: ", "))",
                    in: version.document,
                    at: problem.pointer,
                    isAboutName: true
                )
            case .wrongType(let expected):
                let name = problem.pointer.tokens.last ?? ""
                let message = "'\(Excerpt.cut(name))' is not \(expected)"
                findings.add(pages[0], message, hint: "", in: version.document, at: problem.pointer)
            }
        }
    }
}
