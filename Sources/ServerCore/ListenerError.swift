/// Why a listener could not start.
public struct ListenerError: Error, Equatable {
    /// What went wrong.
    public enum Code: String, Sendable {
        /// Another socket listens on the port.
        case addressInUse
        /// The host does not have the address.
        case addressNotAvailable
        /// The process may not bind the port.
        case permissionDenied
        /// Any other failure.
        case failed
    }

    /// What went wrong.
    public let code: Code
    /// The address that was asked for.
    public let address: ListenAddress
    /// The system's own words.
    public let reason: String

    /// Makes an error about `address`.
    public init(code: Code, address: ListenAddress, reason: String) {
        self.code = code
        self.address = address
        self.reason = reason
    }

    /// Errors are equal when they say the same about the same address, in whatever words.
    public static func == (left: ListenerError, right: ListenerError) -> Bool {
        left.code == right.code && left.address == right.address
    }
}

extension ListenerError: CustomStringConvertible {
    /// What happened, to what, and what to do.
    public var description: String {
        switch code {
        case .addressInUse:
            "cannot listen on \(address): the address is already in use; stop the other program or choose another port"
        case .addressNotAvailable:
            "cannot listen on \(address): this host has no such address; use one of its own, or [::] for all"
        case .permissionDenied:
            "cannot listen on \(address): permission denied; ports below 1024 need CAP_NET_BIND_SERVICE"
        case .failed:
            "cannot listen on \(address): \(reason)"
        }
    }
}
