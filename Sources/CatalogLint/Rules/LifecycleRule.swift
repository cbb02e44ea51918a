import JSON
import SidecarCatalog

/// What pods get without naming a version has not ended.
enum LifecycleRule: LintRule {
    static let pages = [
        CodePage(
            "deprecated-channel",
            .warning,
            "A channel, a rollout or a default that leads to a version past its deprecation",
            "Pods that follow the channel get a warning at every start and have nothing to do about it. Lead it to the "
                + "version that replaces the old one.",
            in: .sidecar,
            wrong: """
                channels: {stable: 1.0.0}
                versions:
                  1.0.0:
                    lifecycle: {deprecatedAfter: "2020-01-31"}
                    container: {image: "registry.acme.example/shipper:1.0.0"}
                  1.1.0: {container: {image: "registry.acme.example/shipper:1.1.0"}}
                """,
            right: """
                channels: {stable: 1.1.0}
                versions:
                  1.0.0:
                    lifecycle: {deprecatedAfter: "2020-01-31", replacedBy: 1.1.0}
                    container: {image: "registry.acme.example/shipper:1.0.0"}
                  1.1.0: {container: {image: "registry.acme.example/shipper:1.1.0"}}
                """
        ),
        CodePage(
            "all-versions-sunset",
            .warning,
            "A sidecar all of whose versions have ended",
            "Nobody can use it without a warning, or at all where `enforce: deny` is set. Remove the sidecar, or add a "
                + "version that goes on.",
            in: .sidecar,
            wrong: """
                versions:
                  1.0.0:
                    lifecycle: {sunsetAfter: "2020-01-31"}
                    container: {image: "registry.acme.example/shipper:1.0.0"}
                """,
            right: """
                versions:
                  1.0.0:
                    lifecycle: {sunsetAfter: "2020-01-31", replacedBy: 1.1.0}
                    container: {image: "registry.acme.example/shipper:1.0.0"}
                  1.1.0: {container: {image: "registry.acme.example/shipper:1.1.0"}}
                """
        ),
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        guard let today = catalog.today else { return }
        for linted in catalog.sidecars where !linted.sidecar.versions.isEmpty {
            let stages = linted.sidecar.versions.map { ($0.version, $0.lifecycle.stage(on: today)) }
            guard stages.contains(where: { $0.1 != .sunset }) else {
                findings.add(
                    pages[1],
                    "every version of sidecar '\(linted.name)' is past its sunset",
                    hint: "remove the sidecar, or add a version",
                    in: linted.document,
                    at: JSONPointer(["spec", "versions"]),
                    isAboutName: true
                )
                continue
            }
            let ended = stages.filter { $0.1 != .current }
            for channel in linted.sidecar.channels where ended.contains(where: { $0.0 == channel.version }) {
                let replacement = linted.sidecar.versions.first { $0.version == channel.version }?.lifecycle.replacedBy
                findings.add(
                    pages[0],
                    "channel '\(channel.name)' leads to version \(channel.version), which is past its deprecation",
                    hint: "lead it to \(replacement.map(\.description) ?? "a version that goes on")",
                    in: linted.document,
                    at: JSONPointer(["spec", "channels", channel.name])
                )
            }
            if let rollout = catalog.catalog.rollouts[linted.sidecar.name], let policy = catalog.policy,
                ended.contains(where: { $0.0 == rollout.version })
            {
                findings.add(
                    pages[0],
                    "the rollout leads to version \(rollout.version), which is past its deprecation",
                    hint: "roll out a version that goes on",
                    in: policy,
                    at: JSONPointer(["spec", "rollouts", linted.name, "to"]),
                    others: [linted.document]
                )
            }
        }
    }
}
