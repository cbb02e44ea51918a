/// Why a text is not a listen address.
public struct ListenAddressError: Error, Equatable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// There is no colon with a port behind it.
        case missingPort
        /// The port is not a number from 0 to 65535.
        case invalidPort
        /// An IPv6 address stands without square brackets.
        case missingBrackets
        /// The host is not an IP address.
        case invalidHost
    }

    /// What is wrong.
    public let code: Code
    /// The text that was given.
    public let text: String

    /// Makes an error about `text`.
    public init(code: Code, text: String) {
        self.code = code
        self.text = text
    }
}

extension ListenAddressError: CustomStringConvertible {
    /// What happened, to what, and what to write instead.
    public var description: String {
        switch code {
        case .missingPort: "listen address '\(text)' has no port; write it like ':8443' or '127.0.0.1:8443'"
        case .invalidPort: "listen address '\(text)' has no valid port; a port is a number from 0 to 65535"
        case .missingBrackets: "listen address '\(text)': put the IPv6 address in brackets, like '[::1]:8443'"
        case .invalidHost: "listen address '\(text)': the host must be an IP address, like '127.0.0.1' or '[::]'"
        }
    }
}
