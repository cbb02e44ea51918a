/// Where in a Kubernetes object a part of a template stands, which decides what becomes of substituted values.
enum TemplatePlace: Sendable {
    /// A value that keeps its type.
    case value
    /// A value in a file, which keeps its type and can be chosen.
    case content
    /// All scalars below are strings.
    case strings
    /// A list of strings that the kubelet expands: `command` or `args`.
    case arguments
    /// One string that the kubelet expands.
    case argument
    /// A core/v1 Container.
    case container
    /// A list of core/v1 EnvVar.
    case environment
    /// One core/v1 EnvVar.
    case variable
    /// A core/v1 Probe.
    case probe
    /// A core/v1 ExecAction of a probe; those of lifecycle hooks are not expanded.
    case probeCommand
    /// A list of core/v1 VolumeMount.
    case mounts
    /// One core/v1 VolumeMount.
    case mount

    /// What becomes of a value that is substituted here.
    var use: TemplateNode.Use {
        switch self {
        case .strings: .text
        case .arguments, .argument: .expanded
        case .value, .content, .container, .environment, .variable, .probe, .probeCommand, .mounts, .mount: .typed
        }
    }

    /// Whether a list can be substituted here.
    var takesList: Bool {
        switch self {
        case .strings, .argument: false
        case .arguments, .value, .content, .container, .environment, .variable, .probe, .probeCommand, .mounts, .mount:
            true
        }
    }

    /// Whether what stands here can depend on a parameter by a choice.
    ///
    /// Not where the catalog's own checks look: an image, ports, mounts and a security context are the same for every
    /// pod, so that whoever reviews the catalog sees them all.
    var takesChoice: Bool {
        switch self {
        case .content, .strings, .argument, .variable: true
        case .value, .arguments, .container, .environment, .probe, .probeCommand, .mounts, .mount: false
        }
    }

    /// The place of the member `name`.
    func member(_ name: String) -> TemplatePlace {
        switch (self, name) {
        case (.strings, _): .strings
        case (.content, _): .content
        case (.container, "command"), (.container, "args"), (.probeCommand, "command"): .arguments
        case (.container, "env"): .environment
        case (.container, "startupProbe"), (.container, "livenessProbe"), (.container, "readinessProbe"): .probe
        case (.container, "volumeMounts"): .mounts
        case (.probe, "exec"): .probeCommand
        case (.variable, "value"), (.mount, "subPathExpr"): .argument
        default: .value
        }
    }

    /// The place of an element.
    var element: TemplatePlace {
        switch self {
        case .strings: .strings
        case .content: .content
        case .arguments, .argument: .argument
        case .environment: .variable
        case .mounts: .mount
        case .value, .container, .variable, .probe, .probeCommand, .mount: .value
        }
    }
}
