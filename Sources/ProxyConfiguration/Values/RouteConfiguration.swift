/// A route table: `route.v3.RouteConfiguration`.
public struct RouteConfiguration: Sendable, Equatable {
    /// `name`, in logs; may be empty.
    public var name = ""
    /// `virtual_hosts`, whose domains all differ.
    public var virtualHosts: [VirtualHost]
    /// Header changes for all requests of the table.
    public var headers = HeaderMutations()
    /// `most_specific_header_mutations_wins`: whether the outermost changes come first instead of last (false).
    public var mostSpecificHeadersWin = false
    /// `ignore_port_in_host_matching`: whether a port in the request's host is passed over (false).
    public var ignoresPort = false

    /// Makes a table.
    public init(virtualHosts: [VirtualHost] = []) {
        self.virtualHosts = virtualHosts
    }
}
