import JSON

/// A container of a version, rendered with the default parameters.
struct LintedContainer {
    /// The container without `name` and `restartPolicy`.
    let json: JSONValue
    /// The container as it is written, references and all.
    let declared: JSONValue
    /// Where it stands in its document.
    let pointer: JSONPointer
    /// Whether it runs to completion.
    let isSetup: Bool

    /// The probes that it has, by field.
    var probes: [(field: String, probe: JSONValue, pointer: JSONPointer)] {
        ["startupProbe", "livenessProbe", "readinessProbe"].compactMap { field in
            json[field].map { (field, $0, pointer.appending(field)) }
        }
    }

    /// The probes that stop the pod from starting or restart the container when they fail.
    var decisiveProbes: [(field: String, probe: JSONValue, pointer: JSONPointer)] {
        probes.filter { $0.field != "readinessProbe" }
    }

    /// The image.
    var image: ImageName { ImageName(json["image"]?.string ?? "") }

    /// The elements of a list of objects, with their places.
    func elements(_ field: String) -> [(value: JSONValue, pointer: JSONPointer)] {
        let place = pointer.appending(field)
        return (json[field]?.array ?? []).enumerated().map { ($1, place.appending($0)) }
    }
}
