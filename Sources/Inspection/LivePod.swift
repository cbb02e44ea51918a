package import JSON

/// What a pod of a cluster says about its own life.
package enum LivePod {
    /// Whether a pod has run to its end, or is about to be removed.
    package static func hasEnded(_ pod: JSONValue) -> Bool {
        let phase = pod["status"]?["phase"]?.string
        return phase == "Succeeded" || phase == "Failed" || pod["metadata"]?["deletionTimestamp"]?.string != nil
    }

    /// Whether a pod comes from a cluster and not from a manifest.
    package static func isLive(_ pod: JSONValue) -> Bool {
        pod["metadata"]?["uid"]?.string != nil
    }
}
