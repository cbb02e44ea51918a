/// How a decision was come to: the values that the engine decided by, for those who explain it.
///
/// Nothing is filled in that the decision did not get to.
struct DecisionTrace {
    /// What the pod asks for.
    private(set) var request: InjectionRequest?
    /// Which sidecars that stands for.
    private(set) var selection: SidecarSelection?
    /// What the pod has of them, and what would be added.
    var review: PodReview?
    /// What the catalog's policy says.
    var check: PolicyCheck?
    /// What the pod has in the way of a sidecar, found when it was put in; without a name it is about the whole.
    var conflict: (sidecar: String?, reason: Reason)?

    /// Notes what is asked for.
    mutating func note(_ request: InjectionRequest, _ selection: SidecarSelection) {
        self.request = request
        self.selection = selection
    }
}
