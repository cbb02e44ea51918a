import JSON

/// What becomes of one document: its pods' patches, one after the other.
struct DocumentChange {
    /// The document as it is now.
    private(set) var value: JSONValue
    /// The change so far.
    private(set) var patch = JSONPatch()
    /// What is to be said.
    var reports: [WorkloadReport] = []
    /// Whether a pod was decided over.
    var hasPods = false

    init(_ value: JSONValue) {
        self.value = value
    }

    /// Applies a change of the document.
    mutating func add(_ change: JSONPatch) {
        // The engine has applied its patch to the pod already, so it fits.
        guard !change.operations.isEmpty, let changed = try? change.applied(to: value) else { return }
        value = changed
        patch.operations += change.operations
    }
}
