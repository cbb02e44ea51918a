/// The header changes of a route, a virtual host, a route table or one weighted cluster.
///
/// Envoy evaluates the innermost first: weighted cluster, route, virtual host, route table.
public struct HeaderMutations: Sendable, Hashable {
    /// `request_headers_to_add`, in order.
    public var requestAdditions: [HeaderValueOption] = []
    /// `request_headers_to_remove`: names, removed before anything is added.
    public var requestRemovals: [String] = []
    /// `response_headers_to_add`, in order.
    public var responseAdditions: [HeaderValueOption] = []
    /// `response_headers_to_remove`: names, removed before anything is added.
    public var responseRemovals: [String] = []

    /// Makes changes that change nothing.
    public init() {}

    /// Whether nothing is changed.
    public var isEmpty: Bool { requestIsUnchanged && responseIsUnchanged }
    /// Whether requests are left as they are.
    public var requestIsUnchanged: Bool { requestAdditions.isEmpty && requestRemovals.isEmpty }
    /// Whether responses are left as they are.
    public var responseIsUnchanged: Bool { responseAdditions.isEmpty && responseRemovals.isEmpty }
}
