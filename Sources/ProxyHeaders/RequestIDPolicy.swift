/// What becomes of `x-request-id`.
public struct RequestIDPolicy: Sendable, Hashable {
    /// What is done.
    public enum Action: Sendable, Hashable {
        /// It stays as it came, or away.
        case keep
        /// A new one is set, in place of the client's if there is one.
        case set
    }

    /// `generate_request_id`.
    public var generates: Bool
    /// `use_remote_address`: whether clients are strangers, whose identifiers could be chosen to collide.
    public var usesRemoteAddress: Bool
    /// `preserve_external_request_id`.
    public var preservesExternal: Bool

    /// Makes a policy.
    public init(generates: Bool = true, usesRemoteAddress: Bool = false, preservesExternal: Bool = false) {
        self.generates = generates
        self.usesRemoteAddress = usesRemoteAddress
        self.preservesExternal = preservesExternal
    }

    /// Decides for a request.
    public func action(hasIdentifier: Bool) -> Action {
        guard generates else { return .keep }
        guard hasIdentifier else { return .set }
        return usesRemoteAddress && !preservesExternal ? .set : .keep
    }
}
