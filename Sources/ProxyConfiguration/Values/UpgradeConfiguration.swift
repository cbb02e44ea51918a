/// Whether a protocol may be switched to: `UpgradeConfig` of a manager or a route.
public struct UpgradeConfiguration: Sendable, Hashable {
    /// The protocols.
    public enum Kind: String, Sendable, CaseIterable {
        /// RFC 6455.
        case webSocket = "websocket"
    }

    /// `upgrade_type`.
    public var kind: Kind
    /// `enabled` (true).
    public var isEnabled: Bool

    /// Makes a setting.
    public init(_ kind: Kind, isEnabled: Bool = true) {
        self.kind = kind
        self.isEnabled = isEnabled
    }
}
