import ArgumentParser
import Manifests

/// Where kinds that Kubernetes does not have hold their pods.
struct TemplatePathOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where another kind holds its pod, for example Rollout.argoproj.io=/spec/template; may be repeated.",
            valueName: "kind=pointer"
        )
    )
    var templatePath: [String] = []

    /// The paths of Kubernetes' own kinds and those given.
    var paths: PodTemplatePaths {
        get throws {
            var paths = PodTemplatePaths.kubernetes
            for declaration in templatePath where !paths.declare(declaration) {
                throw CommandFailure("'\(declaration)' is not of the form Rollout.argoproj.io=/spec/template")
            }
            return paths
        }
    }
}
