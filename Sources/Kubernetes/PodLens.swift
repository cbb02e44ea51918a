package import JSON

/// A pod or a pod template; read-only, and whatever has the wrong type reads as absent.
///
/// Nothing is decoded and nothing is copied: a lens costs no more than the members that are looked at.
package struct PodLens: Sendable {
    /// The pod's labels, annotations and names.
    package let metadata: JSONObject
    /// What the pod is made of.
    package let spec: JSONObject

    /// Looks at an object with `metadata` and `spec`.
    package init(_ pod: JSONValue) {
        metadata = pod["metadata"]?.object ?? JSONObject()
        spec = pod["spec"]?.object ?? JSONObject()
    }

    /// Looks at a pod by its parts.
    package init(metadata: JSONObject = JSONObject(), spec: JSONObject) {
        self.metadata = metadata
        self.spec = spec
    }

    /// All its containers: init, main, ephemeral.
    package var containers: ContainerSequence {
        ContainerSequence(spec: spec, from: .initContainers, through: .ephemeralContainers)
    }

    /// The containers of one list.
    package func containers(in list: ContainerLens.List) -> ContainerSequence {
        ContainerSequence(spec: spec, from: list, through: list)
    }

    /// The annotations.
    package var annotations: JSONObject? { metadata["annotations"]?.object }
    /// The labels.
    package var labels: JSONObject? { metadata["labels"]?.object }
    /// The volumes, with whatever else stands in their list.
    package var volumes: [JSONValue] { spec["volumes"]?.array ?? [] }

    /// Whether the pod says that it runs on Windows (`spec.os.name`).
    package var isWindows: Bool { spec["os"]?["name"]?.string == "windows" }
    /// Whether the pod shares the network of its node.
    package var usesHostNetwork: Bool { spec["hostNetwork"]?.bool ?? false }
    /// Whether root inside the pod is someone else outside (`hostUsers: false`).
    package var hasUserNamespace: Bool { spec["hostUsers"]?.bool == false }
}

extension JSONValue {
    /// The value, but nil for `null`, which Kubernetes takes for absent.
    ///
    /// A bare `nil` would be read as the JSON value `null`.
    var unlessNull: JSONValue? { isNull ? Optional.none : .some(self) }
}
