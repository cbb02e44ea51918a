/// What becomes of `x-forwarded-proto`.
public enum ForwardedProto: Sendable, Hashable, CaseIterable {
    /// It stays as it came.
    case keep
    /// It says what the connection is: `https` over TLS, else `http`.
    case set

    /// Decides.
    ///
    /// The header is believed where a proxy in front of this one is: without `use_remote_address`, or with trusted
    /// hops. What is neither `http` nor `https` is never believed.
    ///
    /// - Parameters:
    ///   - value: The value that came, or nil without one.
    ///   - policy: Who is trusted.
    /// - Returns: What becomes of it.
    public static func decide(_ value: Span<UInt8>?, _ policy: ForwardedFor) -> ForwardedProto {
        guard let value, policy.readsHeader else { return .set }
        return isScheme(value, "http") || isScheme(value, "https") ? .keep : .set
    }

    private static func isScheme(_ value: Span<UInt8>, _ scheme: String) -> Bool {
        let letters = scheme.utf8
        guard value.count == letters.count else { return false }
        for (index, letter) in letters.enumerated() where value[index] | 0x20 != letter { return false }
        return true
    }
}
