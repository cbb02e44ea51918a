import SidecarCatalog

/// Who may have a sidecar, as conditions on a pod.
struct Entitled {
    private let entitlement: Entitlement

    /// Takes what the catalog says.
    init(_ entitlement: Entitlement) {
        self.entitlement = entitlement
    }

    /// The conditions; none when everybody may have it.
    var conditions: [String] {
        let account = "(has(object.spec.serviceAccountName) ? object.spec.serviceAccountName : 'default')"
        return [
            CEL.matches("request.namespace", entitlement.namespaces.patterns),
            CEL.matches(account, entitlement.serviceAccounts.patterns),
        ].compactMap(\.self)
    }
}
