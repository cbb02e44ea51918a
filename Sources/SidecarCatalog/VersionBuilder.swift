import JSON

/// Makes one version of a sidecar of its declaration, whose shape has been checked.
struct VersionBuilder {
    /// The sidecar's name.
    let sidecar: SidecarName
    /// The version.
    let version: SemanticVersion
    /// The declaration.
    let value: JSONValue
    /// Where the declaration stands.
    let pointer: JSONPointer
    /// The versions of the sidecar as they are written.
    let declared: [String]
    /// What the sidecar says about Guaranteed pods; nil when it says nothing.
    let guaranteed: GuaranteedPolicy?
    /// Whether the sidecar says why it may raise what the pod may do.
    let hasSecurityException: Bool

    /// The version; everything that is wrong with it is reported.
    func build(_ findings: inout DocumentFindings) -> SidecarVersion {
        let parameters = self.parameters(&findings)
        var compiler = TemplateCompiler(parameters: declaredTypes, values: declaredValues)
        let container = compiler.compile(value["container"] ?? [:], as: .container, at: pointer.appending("container"))
        let version = SidecarVersion(
            version: version,
            parameters: parameters,
            requires: requires(&compiler),
            container: container,
            setup: setup(&compiler, &findings),
            files: FileBuilder(value: value["files"], pointer: pointer.appending("files")).build(&compiler, &findings),
            volumes: VolumeBuilder(
                sidecar: sidecar,
                value: value["volumes"],
                pointer: pointer.appending("volumes"),
                hasSecurityException: hasSecurityException
            ).build(&compiler, &findings),
            app: app(&compiler),
            pod: pod(&compiler),
            lifecycle: lifecycle(&findings),
            guaranteed: value["resources"]?["guaranteed"]?.string.flatMap(GuaranteedPolicy.init) ?? guaranteed,
            contextReferences: Self.contextReferences(compiler, parameters)
        )
        findings.append(compiler.issues)
        reportUnused(compiler.references, &findings)
        reportUnset(parameters, compiler.unconditional, &findings)
        checkContainers(&findings)
        MountChecker(version: value, pointer: pointer, files: version.files).check(&findings)
        return version
    }

    private func parameters(_ findings: inout DocumentFindings) -> [Parameter] {
        let place = pointer.appending("parameters")
        var parameters: [Parameter] = []
        for member in value["parameters"]?.object?.members ?? [] {
            let builder = ParameterBuilder(name: member.key, value: member.value, pointer: place.appending(member.key))
            if let parameter = builder.build(&findings) { parameters.append(parameter) }
        }
        return parameters
    }

    /// The types as they are declared; a parameter that could not be made counts, so that references to it are no errors.
    private var declaredTypes: [String: ParameterType] {
        var types: [String: ParameterType] = [:]
        for member in value["parameters"]?.object?.members ?? [] {
            types[member.key] = member.value["type"]?.string.flatMap(ParameterType.init) ?? .string
        }
        return types
    }

    /// What can be chosen by, with its values.
    private var declaredValues: [String: [String]] {
        var values: [String: [String]] = [:]
        for member in value["parameters"]?.object?.members ?? [] {
            switch member.value["type"]?.string.flatMap(ParameterType.init) {
            case .enum?:
                values[member.key] = member.value["values"]?.array?.compactMap { try? ValueRule.text(of: $0) } ?? []
            case .boolean?: values[member.key] = ["true", "false"]
            default: break
            }
        }
        return values
    }

    private static func contextReferences(_ compiler: TemplateCompiler, _ parameters: [Parameter]) -> [Reference] {
        let all = parameters.reduce(into: compiler.references) { references, parameter in
            references.formUnion(parameter.default?.references ?? [])
        }
        return Reference.context.map(\.reference).filter { all.contains($0) }
    }

    private func lifecycle(_ findings: inout DocumentFindings) -> VersionLifecycle {
        LifecycleBuilder(
            version: version,
            declared: declared,
            value: value["lifecycle"],
            pointer: pointer.appending("lifecycle")
        ).build(&findings)
    }

    private func requires(_ compiler: inout TemplateCompiler) -> SidecarRequirements {
        let place = pointer.appending("requires")
        return SidecarRequirements(
            configMaps: templates(value["requires"]?["configMaps"], .strings, place.appending("configMaps"), &compiler),
            secrets: templates(value["requires"]?["secrets"], .strings, place.appending("secrets"), &compiler),
            serviceAccountToken: value["requires"]?["serviceAccountToken"]?.bool ?? false
        )
    }

    private func setup(_ compiler: inout TemplateCompiler, _ findings: inout DocumentFindings) -> [SetupStep] {
        var steps: [SetupStep] = []
        for member in value["setup"]?.object?.members ?? [] {
            let place = pointer.appending("setup").appending(member.key)
            let containerName = "\(sidecar)-\(member.key)"
            checkName(member.key, "setup step", prefixed: containerName, at: place, &findings)
            let container = member.value.object?.without(["place"]) ?? JSONObject()
            steps.append(
                SetupStep(
                    name: member.key,
                    containerName: containerName,
                    place: member.value["place"]?.string.flatMap(SetupStep.Place.init) ?? .before,
                    container: compiler.compile(.object(container), as: .container, at: place)
                )
            )
        }
        return steps
    }

    private func app(_ compiler: inout TemplateCompiler) -> AppChanges {
        let (app, place) = (value["app"], pointer.appending("app"))
        return AppChanges(
            containers: app?["containers"]?.string.flatMap(AppChanges.Containers.init) ?? .first,
            volumeMounts: templates(app?["volumeMounts"], .mount, place.appending("volumeMounts"), &compiler),
            env: templates(app?["env"], .variable, place.appending("env"), &compiler)
        )
    }

    private func pod(_ compiler: inout TemplateCompiler) -> PodChanges {
        let (pod, place) = (value["pod"], pointer.appending("pod"))
        return PodChanges(
            annotations: compiler.compile(pod?["annotations"] ?? [:], as: .strings, at: place.appending("annotations")),
            labels: compiler.compile(pod?["labels"] ?? [:], as: .strings, at: place.appending("labels")),
            imagePullSecrets: compiler.compile(
                pod?["imagePullSecrets"] ?? [],
                as: .strings,
                at: place.appending("imagePullSecrets")
            )
        )
    }

    private func templates(
        _ list: JSONValue?,
        _ kind: TemplatePlace,
        _ place: JSONPointer,
        _ compiler: inout TemplateCompiler
    ) -> [Template] {
        var templates: [Template] = []
        for (index, element) in (list?.array ?? []).enumerated() {
            templates.append(compiler.compile(element, as: kind, at: place.appending(index)))
        }
        return templates
    }

    private func checkContainers(_ findings: inout DocumentFindings) {
        let main = ContainerChecker(
            container: value["container"] ?? [:],
            pointer: pointer.appending("container"),
            isSetup: false,
            hasSecurityException: hasSecurityException
        )
        main.check(&findings)
        for member in value["setup"]?.object?.members ?? [] {
            let step = ContainerChecker(
                container: member.value,
                pointer: pointer.appending("setup").appending(member.key),
                isSetup: true,
                hasSecurityException: hasSecurityException
            )
            step.check(&findings)
        }
    }

    private func checkName(
        _ name: String,
        _ what: String,
        prefixed: String,
        at place: JSONPointer,
        _ findings: inout DocumentFindings
    ) {
        NameChecker.checkPrefixed(name, what, prefixed: prefixed, at: place, isMemberName: true, &findings)
    }

    private func reportUnused(_ references: Set<Reference>, _ findings: inout DocumentFindings) {
        for member in value["parameters"]?.object?.members ?? [] where !references.contains(.parameter(member.key)) {
            findings.add(
                .warning,
                .unusedParameter,
                "nothing refers to parameter '\(member.key)'",
                hint: "refer to it by '$(params.\(member.key))' or remove it",
                at: pointer.appending("parameters").appending(member.key),
                isAboutName: true
            )
        }
    }

    private func reportUnset(
        _ parameters: [Parameter],
        _ references: Set<Reference>,
        _ findings: inout DocumentFindings
    ) {
        for parameter in parameters
        where !parameter.isRequired && parameter.default == nil && references.contains(.parameter(parameter.name)) {
            findings.warning(
                .invalidParameter,
                "parameter '\(parameter.name)' has no default and is always referred to, so a pod has to set it",
                hint: "give it a default, leave 'required' out, or refer to it in a choice only",
                at: pointer.appending("parameters").appending(parameter.name)
            )
        }
    }
}
