import JSON

extension BootstrapDecoder {
    /// A transport socket toward clients; nil for plain TCP.
    mutating func downstreamTLS(_ node: ConfigurationNode) -> DownstreamTLSContext? {
        guard let (schema, message) = extensionConfig(node, .transportSocket, [.downstreamTLS, .rawBuffer]),
            schema.fullName == MessageSchema.downstreamTLS.fullName
        else { return nil }
        var context = DownstreamTLSContext(certificates: [])
        read(message["require_client_certificate"], into: &context.requiresClientCertificate)
        read(message["disable_stateless_session_resumption"], into: &context.disablesSessionTickets)
        guard let common = required("common_tls_context", in: message) else { return nil }
        guard let fields = self.message(common, .commonTLS) else { return nil }
        context.certificates = list(fields["tls_certificates"]) { decoder, node in decoder.tlsCertificate(node) }
        if fields["tls_certificates"]?.elements.isEmpty ?? true {
            report(.missing, common.pointer, "tls_certificates must have an element")
        }
        if let parameters = fields["tls_params"] { context.parameters = tlsParameters(parameters) }
        context.applicationProtocols = applicationProtocols(fields["alpn_protocols"])
        context.validation = fields["validation_context"].map { certificateValidation($0) }
        if context.requiresClientCertificate, context.validation?.trustedAuthorities == nil,
            let node = message["require_client_certificate"],
            context.validation?.verifiesChain ?? true, context.validation?.publicKeyPins.isEmpty ?? true,
            context.validation?.certificatePins.isEmpty ?? true
        {
            let reason = "nothing says which certificates are good; give validation_context.trusted_ca"
            report(.missing, node.pointer, reason)
        }
        return context
    }

    /// A transport socket toward endpoints; nil for plain TCP.
    mutating func upstreamTLS(_ node: ConfigurationNode) -> UpstreamTLSContext? {
        guard let (schema, message) = extensionConfig(node, .transportSocket, [.upstreamTLS, .rawBuffer]),
            schema.fullName == MessageSchema.upstreamTLS.fullName
        else { return nil }
        var context = UpstreamTLSContext()
        read(message["sni"], into: &context.serverName)
        if context.serverName.utf8.count > 255, let node = message["sni"] {
            report(.invalidValue, node.pointer, "is longer than 255 bytes")
        }
        read(message["auto_host_sni"], into: &context.automaticServerName)
        var keys = 1
        read(message["max_session_keys"], in: 0...Int(UInt32.max), into: &keys)
        context.resumesSessions = keys > 0
        guard let common = message["common_tls_context"], let fields = self.message(common, .commonTLS) else {
            return context
        }
        let certificates: [TLSCertificate] = list(fields["tls_certificates"]) { decoder, node in
            decoder.tlsCertificate(node)
        }
        context.certificate = certificates.first
        if let node = fields["tls_certificates"], node.elements.count > 1 {
            report(.invalidValue, node.pointer.appending(1), "toward endpoints there can be only one certificate")
        }
        if let parameters = fields["tls_params"] { context.parameters = tlsParameters(parameters) }
        context.applicationProtocols = applicationProtocols(fields["alpn_protocols"])
        if let validation = fields["validation_context"] { context.validation = certificateValidation(validation) }
        return context
    }

    private mutating func tlsParameters(_ node: ConfigurationNode) -> TLSParameters {
        var parameters = TLSParameters()
        guard let message = message(node, .tlsParameters) else { return parameters }
        let old = ["TLSv1_0", "TLSv1_1"]
        read(
            message["tls_minimum_protocol_version"],
            into: &parameters.minimum,
            others: ["TLS_AUTO": .tls12],
            unsupported: old
        )
        read(
            message["tls_maximum_protocol_version"],
            into: &parameters.maximum,
            others: ["TLS_AUTO": .tls13],
            unsupported: old
        )
        if parameters.minimum == .tls13, parameters.maximum == .tls12 {
            report(.invalidValue, node.pointer, "the smallest version is above the largest")
        }
        return parameters
    }

    private mutating func tlsCertificate(_ node: ConfigurationNode) -> TLSCertificate? {
        guard let message = message(node, .tlsCertificate) else { return nil }
        watchedDirectory(message["watched_directory"])
        let chain = required("certificate_chain", in: message).flatMap { dataSource($0) }
        let key = required("private_key", in: message).flatMap { dataSource($0) }
        guard let chain, let key else { return nil }
        return TLSCertificate(chain: chain, privateKey: key)
    }

    // RFC 7301: the list is at most 65,535 bytes long with a byte for each length.
    private mutating func applicationProtocols(_ node: ConfigurationNode?) -> [String] {
        let all = names(node)
        guard let node,
            all.contains(where: { $0.utf8.count > 255 }) || all.reduce(0, { $0 + $1.utf8.count + 1 }) > 65_535
        else { return all }
        report(.invalidValue, node.pointer, "a name is longer than 255 bytes, or all are longer than 65535 together")
        return []
    }

    /// A directory that is watched; all are, so that nothing is kept of it.
    mutating func watchedDirectory(_ node: ConfigurationNode?) {
        guard let node, let message = message(node, .watchedDirectory) else { return }
        _ = name("path", in: message)
    }
}
