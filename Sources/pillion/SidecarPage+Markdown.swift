import JSON
import SidecarCatalog

extension SidecarPage {
    /// The page as a Markdown document.
    var markdown: String {
        var parts = ["# \(MarkdownText.cell(sidecar.title))"]
        if !sidecar.description.isEmpty { parts.append(MarkdownText.cell(sidecar.description)) }
        parts.append(facts)
        parts.append("## Annotations\n\nOf the pod, which is the template of a workload:\n\n```yaml\n\(annotations)```")
        parts.append(parameterTable)
        if !version.files.isEmpty || !version.app.volumeMounts.isEmpty || !version.app.env.isEmpty {
            parts.append(additions)
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var facts: String {
        var rows = [("Name", MarkdownText.code(sidecar.name.rawValue)), ("Version", version.version.description)]
        let others = sidecar.versions.map(\.version.description).filter { $0 != version.version.description }
        if !others.isEmpty { rows.append(("Other versions", others.joined(separator: ", "))) }
        let channels = sidecar.channels.map { "\($0.name) \($0.version)" }
        if !channels.isEmpty { rows.append(("Channels", channels.joined(separator: ", "))) }
        rows.append(("Phase", sidecar.phase))
        if let image = version.container.constant?["image"]?.string { rows.append(("Image", MarkdownText.code(image))) }
        if let owner = sidecar.owner {
            let parts = [owner.team, owner.contact, owner.docs].filter { !$0.isEmpty }
            rows.append(("Owner", MarkdownText.cell(parts.joined(separator: ", "))))
        }
        if !sidecar.conflicts.isEmpty {
            rows.append(("Never together with", sidecar.conflicts.map(\.rawValue).joined(separator: ", ")))
        }
        if sidecar.refusesHostNetwork { rows.append(("Host network", "refused")) }
        return "| | |\n|---|---|\n" + rows.map { "| \($0.0) | \($0.1) |" }.joined(separator: "\n")
    }

    private var parameterTable: String {
        guard !version.parameters.isEmpty else { return "## Parameters\n\nThere are none." }
        let rows = version.parameters.map { parameter in
            let value =
                parameter.isRequired ? "required" : defaultText(parameter).map { MarkdownText.code($0) } ?? "none"
            return "| \(parameter.name) | \(MarkdownText.cell(parameter.allowed)) | \(value) | "
                + "\(MarkdownText.cell(parameter.description)) |"
        }
        return "## Parameters\n\n| name | takes | default | what it is for |\n|---|---|---|---|\n"
            + rows.joined(separator: "\n")
    }

    private var additions: String {
        var lines = ["## What the application's containers receive", ""]
        for mount in version.app.volumeMounts {
            // A path that is a parameter's is shown by its reference.
            let path = mount.constant?["mountPath"]?.string
            lines.append("- a volume\(path.map { " at \(MarkdownText.code($0))" } ?? ", where a parameter says")")
        }
        for variable in version.app.env {
            if let name = variable.constant?["name"]?.string {
                lines.append("- the variable \(MarkdownText.code(name))")
            }
        }
        guard lines.count > 2 else { return "## What the application's containers receive\n\nNothing." }
        return lines.joined(separator: "\n")
    }
}
