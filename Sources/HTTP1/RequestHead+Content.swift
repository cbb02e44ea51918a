extension RequestHead {
    /// Whether the content is gRPC: `application/grpc` with or without a suffix (gRPC over HTTP/2, "Content-Type").
    ///
    /// Whatever the method, as in Envoy.
    public func isGRPC(_ bytes: Span<UInt8>) -> Bool {
        guard let field = section.first(.contentType) else { return false }
        let prefix: StaticString = "application/grpc"
        let start = Int(field.value.start)
        let end = start + prefix.utf8CodeUnitCount
        guard end <= Int(field.value.end), bytes.equalsIgnoringCase(prefix, start, end) else { return false }
        // Not of gRPC-Web, whose clients read HTTP statuses.
        guard let next = end < Int(field.value.end) ? bytes.byte(at: end) : nil else { return true }
        return next == UInt8(ascii: "+")
    }
}
