import JSON
import SidecarCatalog

/// Turns rendered sidecars into one mutation of a pod, with the status that describes it.
struct MutationBuilder {
    private let pod: Pod
    private let catalog: Catalog
    private let keys: AnnotationKey
    private let environment: PodEnvironment
    private var conflicts: ConflictCheck
    private var status: InjectionStatus
    /// The place of each of the status's entries in the start order.
    private var orders: [Int]
    private(set) var mutation = PodMutation()

    /// Starts with a pod and what is known to be in it already.
    init(pod: Pod, catalog: Catalog, keys: AnnotationKey, environment: PodEnvironment, present: [InjectionStatus.Entry])
    {
        self.pod = pod
        self.catalog = catalog
        self.keys = keys
        self.environment = environment
        self.conflicts = ConflictCheck(pod: pod)
        self.status = InjectionStatus(entries: present)
        self.orders = present.map { catalog.startOrder(of: $0.name) }
    }

    /// Adds a sidecar, and to `receivers` what it has for the application's containers.
    ///
    /// - Throws: A reason when the pod already has something else in its place.
    mutating func add(_ rendered: RenderedSidecar, to receivers: [PodContainer]) throws(Reason) {
        var entry = InjectionStatus.Entry(
            name: rendered.name,
            version: rendered.version.text,
            hash: rendered.hash,
            files: rendered.filesHash
        )
        try conflicts.checkContainers(of: rendered)
        let volumes = try conflicts.volumes(of: rendered, added: mutation.volumes)
        mutation.volumes += volumes
        entry.volumes = volumes.map(\.key)
        try addContainers(of: rendered, &entry)
        try addToApplication(rendered, receivers, &entry)
        try addToPod(rendered, &entry)
        let order = catalog.startOrder(of: rendered.sidecar.name)
        let place = orders.firstIndex { $0 > order } ?? orders.count
        orders.insert(order, at: place)
        status.entries.insert(entry, at: place)
    }

    /// Adds what belongs to all sidecars together and returns the whole mutation.
    ///
    /// - Throws: A reason when a limit of the pod would be exceeded.
    mutating func finish(previous: InjectionStatus?) throws(Reason) -> PodMutation {
        status.previous = previous?.previous ?? []
        if let previous {
            (status.created, status.nulls) = (previous.created, previous.nulls)
        } else {
            let parents = CreatedParents(by: mutation, in: pod)
            (status.created, status.nulls) = (parents.all, parents.nulls)
        }
        addSafeToEvict()
        if !mutation.containers.isEmpty, pod.annotation(AnnotationKey.defaultContainer) == nil,
            let first = pod.containers.first
        {
            mutation.annotations.append(MetadataEntry(AnnotationKey.defaultContainer, first.name))
            status.previous.append((AnnotationKey.defaultContainer, nil))
        }
        mutation.annotations.append(MetadataEntry(keys.status, status.annotation))
        try checkAnnotationSize()
        try PodResourceCheck(pod: pod).check(mutation)
        return mutation
    }

    private mutating func addContainers(of rendered: RenderedSidecar, _ entry: inout InjectionStatus.Entry)
        throws(Reason)
    {
        guard environment.hasNativeSidecars else {
            guard rendered.sidecar.withoutNativeSidecars == .container, pod.alwaysRestarts else {
                let version = environment.clusterVersion?.description ?? "?"
                let why =
                    pod.alwaysRestarts
                    ? "and its catalog entry allows no plain container"
                    : "and as a plain container it would keep this pod from ever completing"
                throw Reason(
                    .noNativeSidecars,
                    "the cluster (\(version)) cannot run \(rendered.name) as a native sidecar, \(why)"
                )
            }
            mutation.containers.append(rendered.container)
            entry.containers = [rendered.name]
            insert(rendered.setup, for: rendered)
            entry.initContainers = rendered.setup.map(\.key)
            return
        }
        insert(rendered.initContainers, for: rendered)
        entry.initContainers = rendered.initContainers.map(\.key)
    }

    /// Finds the place of a sidecar's init containers: in start order among ours, behind a mesh's, ahead of the pod's.
    private mutating func insert(_ containers: [RenderedElement], for rendered: RenderedSidecar) {
        guard !pod.initContainers.isEmpty else {
            mutation.initContainers += containers.map { PodMutation.Insertion(position: 0, container: $0) }
            return
        }
        let order = catalog.startOrder(of: rendered.sidecar.name)
        let afterMesh = pod.initContainers.last { catalog.meshContainers.contains($0.name) }.map { $0.index + 1 } ?? 0
        var position = afterMesh
        for (entry, earlier) in zip(status.entries, orders) where earlier < order {
            let places = pod.initContainers.filter { entry.initContainers.contains($0.name) }.map(\.index)
            if let last = places.max() {
                position = max(position, last + 1)
            }
        }
        mutation.initContainers += containers.map { PodMutation.Insertion(position: position, container: $0) }
    }

    private mutating func addToApplication(
        _ rendered: RenderedSidecar,
        _ receivers: [PodContainer],
        _ entry: inout InjectionStatus.Entry
    ) throws(Reason) {
        for receiver in receivers {
            let index = mutation.containerChanges.firstIndex { $0.container.pointer == receiver.pointer }
            var change = index.map { mutation.containerChanges[$0] } ?? PodMutation.ContainerChange(container: receiver)
            let mounts = try conflicts.mounts(of: rendered, in: receiver, added: change.volumeMounts)
            let variables = try conflicts.environment(of: rendered, in: receiver, added: change.environment)
            guard !(mounts.isEmpty && variables.isEmpty) else { continue }
            change.volumeMounts += mounts
            change.environment += variables
            let names = variables.map(\.key)
            change.environmentFirst = change.environmentFirst || Self.refers(receiver, to: names)
            if let index {
                mutation.containerChanges[index] = change
            } else {
                mutation.containerChanges.append(change)
            }
            let paths = mounts.map(\.key)
            if !paths.isEmpty { entry.mounts.append((receiver.name, paths)) }
            if !names.isEmpty { entry.environment.append((receiver.name, names)) }
        }
    }

    private mutating func addToPod(_ rendered: RenderedSidecar, _ entry: inout InjectionStatus.Entry) throws(Reason) {
        let annotations = try conflicts.pairs(
            rendered.annotations,
            existing: pod.annotations,
            added: mutation.annotations,
            .annotationConflict,
            rendered
        )
        mutation.annotations += annotations
        // A file's annotation is ours even when it was there already, with the same content.
        let keys = annotations.map(\.key)
        entry.annotations = keys + rendered.fileKeys.filter { !keys.contains($0) }
        let labels = try conflicts.pairs(
            rendered.labels,
            existing: pod.labels,
            added: mutation.labels,
            .labelConflict,
            rendered
        )
        mutation.labels += labels
        entry.labels = labels.map(\.key)
        try addPullSecrets(rendered, &entry)
    }

    private mutating func addPullSecrets(
        _ rendered: RenderedSidecar,
        _ entry: inout InjectionStatus.Entry
    ) throws(Reason) {
        guard !rendered.imagePullSecrets.isEmpty else { return }
        let existing = pod.spec["imagePullSecrets"]?.array ?? []
        if existing.isEmpty, mutation.imagePullSecrets.isEmpty {
            switch environment.pullSecrets {
            case .applied: break
            case .known(let names):
                mutation.imagePullSecrets = names.map { RenderedElement(["name": .string($0)]) }
                entry.imagePullSecrets = names
            case .unknown:
                throw Reason(
                    .pullSecretsUnknown,
                    "sidecar \(rendered.name) needs pull secrets; say which ones the service account has, or list them in the pod"
                )
            }
        }
        for secret in rendered.imagePullSecrets {
            let listed = existing + mutation.imagePullSecrets.map(\.fragment.value)
            guard !listed.contains(secret.fragment.value) else { continue }
            mutation.imagePullSecrets.append(secret)
            if !secret.key.isEmpty { entry.imagePullSecrets.append(secret.key) }
        }
    }

    /// Whether a container's variables refer to one of `names` by `$(NAME)`, for which it has to stand before them.
    private static func refers(_ container: PodContainer, to names: [String]) -> Bool {
        container.elements("env").contains { variable in
            guard let value = variable["value"]?.string?.utf8, value.contains(UInt8(ascii: "$")) else { return false }
            return names.contains { name in
                let reference = "$(\(name))".utf8
                return value.indices.contains { value[$0...].starts(with: reference) }
            }
        }
    }

    /// Adds our `emptyDir` volumes to those that do not keep the cluster autoscaler from removing a node.
    private mutating func addSafeToEvict() {
        let ours = mutation.volumes.filter { $0.object["emptyDir"] != nil }.map(\.key)
        guard !ours.isEmpty else { return }
        let key = AnnotationKey.safeToEvictVolumes
        let existing = pod.annotation(key)
        let listed =
            existing?.utf8.split(separator: UInt8(ascii: ",")).map { item in
                String(Substring(item.drop { $0 == UInt8(ascii: " ") }))
            } ?? []
        let missing = listed.isEmpty ? ours : ours.filter { !listed.contains($0) }
        guard !missing.isEmpty else { return }
        if !status.previous.contains(where: { $0.key == key }) {
            status.previous.append((key, existing))
        }
        var list = existing ?? ""
        for name in missing {
            if !list.isEmpty { list += "," }
            list += name
        }
        mutation.annotations.append(MetadataEntry(key, list))
    }

    private func checkAnnotationSize() throws(Reason) {
        let existing = pod.annotations ?? JSONObject()
        var total = mutation.annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        for member in existing.members {
            total += member.key.utf8.count + (member.value.string?.utf8.count ?? 0)
        }
        // What is extended counts once.
        for replaced in mutation.annotations {
            guard let value = existing[replaced.key] else { continue }
            total -= replaced.key.utf8.count + (value.string?.utf8.count ?? 0)
        }
        guard total <= ConflictCheck.maximumAnnotationBytes else {
            throw Reason(
                .annotationsTooLarge,
                "the pod's annotations would have \(total) bytes with the sidecars' files; the API server allows \(ConflictCheck.maximumAnnotationBytes)"
            )
        }
    }
}
