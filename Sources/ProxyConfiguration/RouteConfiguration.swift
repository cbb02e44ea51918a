/// What happens to the requests of one path: `route.v3.Route`.
public struct RouteConfiguration: Sendable, Equatable {
    /// Which requests the route takes.
    public var match: PathMatch
    /// What becomes of them.
    public var action: RouteAction

    /// Makes a route.
    public init(match: PathMatch, action: RouteAction) {
        self.match = match
        self.action = action
    }
}

/// The part of `route.v3.RouteMatch` that looks at the path; the query is no part of it.
public enum PathMatch: Sendable, Equatable {
    /// The path begins with these bytes.
    case prefix(String)
    /// The path is these bytes.
    case path(String)
}

/// What a route does with a request.
public enum RouteAction: Sendable, Equatable {
    /// Forwards it: `route`.
    case forward(ForwardAction)
    /// Answers it: `direct_response` with a status and a body.
    case respond(status: Int, body: String)
}

/// How a request is forwarded: `route.v3.RouteAction`.
public struct ForwardAction: Sendable, Equatable {
    /// The cluster's name.
    public var cluster: String
    /// From the end of the request to the end of the response; nil for as long as it takes, which is the default.
    public var timeout: Duration?
    /// What replaces the matched prefix or path.
    public var prefixRewrite: String?

    /// Makes an action.
    public init(cluster: String, timeout: Duration? = nil, prefixRewrite: String? = nil) {
        self.cluster = cluster
        self.timeout = timeout
        self.prefixRewrite = prefixRewrite
    }
}
