/// Who may have a sidecar: the namespaces, and the service accounts in them.
public struct Entitlement: Sendable {
    /// Names of namespaces.
    public let namespaces: GlobList
    /// Names of service accounts, without their namespaces.
    public let serviceAccounts: GlobList

    /// Everybody.
    public static let everybody = Entitlement(namespaces: .all, serviceAccounts: .all)
}
