/// The targets by name.
enum FuzzTargets {
    /// All of them, in the order in which they are run.
    static let all: [any FuzzTarget.Type] = [
        JSONTarget.self, ReviewTarget.self, CatalogTarget.self, AnnotationTarget.self, PatchTarget.self,
        HTTPTarget.self, TLSTarget.self, CertificateTarget.self,
        RequestTarget.self, ResponseTarget.self, ClientTarget.self, HTTP2Target.self, ForwardTarget.self,
        BootstrapTarget.self,
        HelloTarget.self, ExpressionTarget.self, LogFormatTarget.self, DNSTarget.self, PathTarget.self,
        HeaderTarget.self,
    ]

    /// The one that the first argument names; libFuzzer's callback takes no context, so it is found here.
    static let chosen: (any FuzzTarget)? = {
        guard let type = all.first(where: { $0.name == CommandLine.arguments.dropFirst().first }) else { return nil }
        do {
            return try type.init()
        } catch {
            fatalError("\(type.name) cannot be prepared: \(error)")
        }
    }()
}
