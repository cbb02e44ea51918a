import JSON

extension JSONValue {
    /// Whether it is an AdmissionReview of a known group, in whatever version.
    var isAdmissionReview: Bool {
        self["kind"]?.string == "AdmissionReview"
            && self["apiVersion"]?.string?.hasPrefix("admission.k8s.io/") ?? false
    }

    /// Whether it is the input of a KRM function (KRM Functions Specification, `ResourceList`).
    var isResourceList: Bool {
        self["kind"]?.string == "ResourceList"
            && self["apiVersion"]?.string?.hasPrefix("config.kubernetes.io/") ?? false
    }
}
