/// What a request's hash is made of: `route.v3.RouteAction.HashPolicy`.
public struct HashPolicy: Sendable, Hashable {
    /// The sources.
    public enum Source: Sendable, Hashable {
        /// `header`: the value of a header, in lower case, after an optional replacement.
        case header(String, RegexRewrite?)
        /// `cookie`: the value of a cookie; one with a `ttl` is made where it is absent.
        case cookie(HashCookie)
        /// `connection_properties.source_ip`: the client's address.
        case sourceAddress
        /// `query_parameter`: the value of the first parameter of the name, byte for byte.
        case queryParameter(String)
    }

    /// What is hashed.
    public var source: Source
    /// `terminal`: whether the hash is done when this policy and those before it gave one (false).
    public var isTerminal: Bool

    /// Makes a policy.
    public init(_ source: Source, isTerminal: Bool = false) {
        self.source = source
        self.isTerminal = isTerminal
    }
}

/// The cookie of a ``HashPolicy``: `route.v3.RouteAction.HashPolicy.Cookie`.
public struct HashCookie: Sendable, Hashable {
    /// `name`.
    public var name: String
    /// `ttl`: how long a made cookie lives, 0 s for the browser's session; nil makes none.
    public var lifetime: Duration?
    /// `path` of a made cookie; may be empty.
    public var path: String

    /// Makes a cookie's description.
    public init(name: String, lifetime: Duration? = nil, path: String = "") {
        self.name = name
        self.lifetime = lifetime
        self.path = path
    }
}
