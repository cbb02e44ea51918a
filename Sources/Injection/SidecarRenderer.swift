import JSON
import Kubernetes
import SidecarCatalog

/// Renders one sidecar for one pod.
struct SidecarRenderer {
    let sidecar: Sidecar
    let version: SidecarVersion
    let substitution: Substitution
    let keys: AnnotationKey
    /// Which images are allowed, and from where they are pulled.
    let images: ImagePolicy
    /// Whether its containers get the resources that a Guaranteed pod needs.
    let isGuaranteed: Bool

    /// Everything that the pod gets for the sidecar.
    ///
    /// - Throws: A reason when a value is missing.
    func render() throws(Reason) -> RenderedSidecar {
        let name = sidecar.name.rawValue
        let files = try FileProjection(sidecar: name, version: version, substitution: substitution, keys: keys)
        var volumes = try version.volumes.map { volume throws(Reason) in
            Self.named(volume.podName, try object(volume.body))
        }
        volumes += files.volumes
        var mounts = files.mounts
        if !version.requires.serviceAccountToken {
            // ServiceAccount admission leaves containers alone that mount something at the token's path.
            let volume = "\(name)-no-token"
            volumes.append(["name": .string(volume), "emptyDir": [:]])
            mounts.append([
                "name": .string(volume), "mountPath": .string(SidecarRequirements.tokenPath), "readOnly": true,
            ])
        }
        func step(_ place: SetupStep.Place) throws(Reason) -> [JSONObject] {
            try version.setup.filter { $0.place == place }.map { step throws(Reason) in
                try container(step.container, named: step.containerName, mounts: mounts)
            }
        }
        return RenderedSidecar(
            sidecar: sidecar,
            version: version,
            container: try container(version.container, named: name, mounts: mounts),
            setupBefore: try step(.before),
            setupAfter: try step(.after),
            volumes: volumes,
            appMounts: try version.app.volumeMounts.map { mount throws(Reason) in renamed(try object(mount)) },
            appEnvironment: try version.app.env.map { variable throws(Reason) in try object(variable) },
            annotations: try pairs(version.pod.annotations) + files.annotations,
            files: files.annotations,
            labels: try pairs(version.pod.labels),
            imagePullSecrets: try substitution.render(version.pod.imagePullSecrets).array?.compactMap(\.object) ?? []
        )
    }

    private func object(_ template: Template) throws(Reason) -> JSONObject {
        try substitution.render(template).object ?? JSONObject()
    }

    private func pairs(_ template: Template) throws(Reason) -> [(key: String, value: String)] {
        try object(template).members.compactMap { member in member.value.string.map { (member.key, $0) } }
    }

    private func container(
        _ template: Template,
        named name: String,
        mounts: [JSONObject]
    ) throws(Reason) -> JSONObject {
        var container = Self.named(name, try object(template))
        try applyPolicy(to: &container)
        let declared = (container["volumeMounts"]?.array ?? []).compactMap(\.object).map(renamed)
        let all = declared + mounts
        try checkPaths(of: all, in: name)
        if !all.isEmpty { container["volumeMounts"] = .array(all.map { .object($0) }) }
        return container
    }

    /// A path that a pod chose must not take the place of another mount: of a file, or of what keeps the token out.
    private func checkPaths(of mounts: [JSONObject], in container: String) throws(Reason) {
        var volumes: [String: String] = [:]
        for mount in mounts {
            guard let path = mount["mountPath"]?.string.map(MountPath.clean) else { continue }
            let volume = mount["name"]?.string ?? "?"
            guard let other = volumes.updateValue(volume, forKey: path) else { continue }
            let text =
                "container \(container) would mount the volumes \(other) and \(volume) at \(Excerpt.cut(path, to: 120))"
            throw Reason(.mountConflict, "\(text); choose another path")
        }
    }

    private func applyPolicy(to container: inout JSONObject) throws(Reason) {
        if isGuaranteed { GuaranteedResources.match(&container) }
        guard !images.isUnrestricted, let image = container["image"]?.string else { return }
        if let violation = images.violation(of: image) {
            let subject = "the image \(Excerpt.quote(image, limit: 120)) of sidecar \(sidecar.name)"
            throw Reason(.imageNotAllowed, "\(subject) \(violation.message)")
        }
        let rewritten = images.rewritten(image)
        if rewritten != image { container["image"] = .string(rewritten) }
    }

    /// A mount of one of the sidecar's volumes, by the name that the volume has in the pod.
    private func renamed(_ mount: JSONObject) -> JSONObject {
        var mount = mount
        if let name = mount["name"]?.string, let volume = version.volume(name) {
            mount["name"] = .string(volume.podName)
        }
        return mount
    }

    private static func named(_ name: String, _ members: JSONObject) -> JSONObject {
        let first = JSONObject.Member(key: "name", value: .string(name))
        guard members.index(of: "name") != nil else { return JSONObject(unique: [first] + members.members) }
        var object = JSONObject(unique: [first])
        for member in members.members {
            object[member.key] = member.value
        }
        return object
    }
}
