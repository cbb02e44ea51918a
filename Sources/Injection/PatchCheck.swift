import JSON

/// Applies a patch to the pod it was made for, before anybody else does.
///
/// The API server answers 500 to a patch that does not apply, even under `failurePolicy: Ignore`, so a bad patch must
/// never leave the engine.
enum PatchCheck {
    /// The largest patch, as JSON before base 64.
    static let maximumBytes = 1 << 20

    /// The patch as JSON text.
    ///
    /// - Throws: A reason when it is too large.
    static func text(of patch: JSONPatch) throws(Reason) -> [UInt8] {
        let text = JSONWriter.compact(patch)
        guard text.count <= maximumBytes else {
            throw Reason(.patchTooLarge, "the patch would have \(text.count) bytes; the limit is \(maximumBytes)")
        }
        return text
    }

    /// The patched pod.
    ///
    /// - Throws: A reason when the patch does not apply, or loses or reorders a container.
    static func apply(_ patch: JSONPatch, to pod: Pod, mutation: PodMutation) throws(Reason) -> JSONValue {
        let patched: JSONValue
        do throws(JSONPatchError) {
            patched = try patch.applied(to: pod.json)
        } catch {
            throw Reason(.patchCheckFailed, "the patch does not apply: \(error)")
        }
        let initNames = names(patched, .initContainers)
        let names = names(patched, .containers)
        let added = Set(
            (mutation.initContainers.map(\.container) + mutation.containers).compactMap { $0["name"]?.string }
        )
        let isWhole =
            initNames.filter { !added.contains($0) } == pod.initContainers.map(\.name)
            && names.filter { !added.contains($0) } == pod.containers.map(\.name)
            && added.count == mutation.initContainers.count + mutation.containers.count
            && initNames.count + names.count == pod.initContainers.count + pod.containers.count + added.count
        guard isWhole else { throw Reason(.patchCheckFailed, "the patched pod does not have the containers it should") }
        return patched
    }

    private static func names(_ pod: JSONValue, _ list: PodContainer.List) -> [String] {
        pod["spec"]?[list.rawValue]?.array?.compactMap { $0["name"]?.string } ?? []
    }
}
