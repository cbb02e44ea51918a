/// What happens to some requests: `route.v3.Route`.
public struct Route: Sendable, Equatable {
    /// `name`, in access logs (`%ROUTE_NAME%`); may be empty.
    public var name = ""
    /// `match`: which requests the route takes.
    public var match: RouteMatch
    /// What becomes of them.
    public var action: RouteAction
    /// Header changes for them.
    public var headers = HeaderMutations()

    /// Makes a route.
    public init(match: RouteMatch, action: RouteAction) {
        self.match = match
        self.action = action
    }
}

/// What a route does with a request.
public enum RouteAction: Sendable, Equatable {
    /// `route`: forwards it.
    case forward(ForwardAction)
    /// `redirect`: answers it with another place.
    case redirect(RedirectAction)
    /// `direct_response`: answers it with `status` (200 to 599) and a body of at most 4096 bytes.
    case respond(status: Int, body: String)
}
