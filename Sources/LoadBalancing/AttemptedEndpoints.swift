/// The endpoints that a request has been sent to, so that a retry goes elsewhere: Envoy's `previous_hosts`.
///
/// Remembers the last eight and allocates nothing.
public struct AttemptedEndpoints: Sendable, Hashable {
    private var indices = SIMD8<Int32>(repeating: -1)
    private var count = 0

    /// Makes an empty set.
    public init() {}

    /// Whether the request has not been sent yet.
    public var isEmpty: Bool { count == 0 }

    /// Adds the endpoint at `index`.
    public mutating func insert(_ index: Int) {
        guard let value = Int32(exactly: index) else { return }
        indices[count & 7] = value
        count &+= 1
    }

    /// Whether the request has been sent to the endpoint at `index`.
    public func contains(_ index: Int) -> Bool {
        guard count > 0, let value = Int32(exactly: index) else { return false }
        return any(indices .== value)
    }
}
