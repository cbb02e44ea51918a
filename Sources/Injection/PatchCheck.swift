import JSON

/// Applies a patch to the pod it was made for, before anybody else does.
///
/// The API server answers 500 to a patch that does not apply, even under `failurePolicy: Ignore`, so a bad patch must
/// never leave the engine.
enum PatchCheck {
    /// The largest patch, as JSON before base 64.
    static let maximumBytes = 1 << 20

    /// Checks the size of a patch's text.
    static func check(_ text: [UInt8]) throws(Reason) {
        guard text.count <= maximumBytes else {
            throw Reason(.patchTooLarge, "the patch would have \(text.count) bytes; the limit is \(maximumBytes)")
        }
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
        guard hasExactly(patched, .initContainers, pod.initContainers, mutation.initContainers.map(\.container)),
            hasExactly(patched, .containers, pod.containers, mutation.containers)
        else { throw Reason(.patchCheckFailed, "the patched pod does not have the containers it should") }
        return patched
    }

    /// Whether a list has the pod's own containers in their order, the added ones, and nothing else.
    private static func hasExactly(
        _ patched: JSONValue,
        _ list: PodContainer.List,
        _ own: [PodContainer],
        _ added: [RenderedElement]
    ) -> Bool {
        var (ownFound, addedFound) = (0, 0)
        for container in patched["spec"]?[list.rawValue]?.array ?? [] {
            guard let name = container["name"]?.string else { return false }
            if ownFound < own.count, name.hasSameBytes(as: own[ownFound].name) {
                ownFound += 1
            } else if added.contains(where: { $0.key.hasSameBytes(as: name) }) {
                addedFound += 1
            } else {
                return false
            }
        }
        return ownFound == own.count && addedFound == added.count
    }
}
