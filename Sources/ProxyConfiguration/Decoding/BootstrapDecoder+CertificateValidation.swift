import JSON

extension BootstrapDecoder {
    /// A `tls.v3.CertificateValidationContext`.
    mutating func certificateValidation(_ node: ConfigurationNode) -> CertificateValidation {
        var validation = CertificateValidation()
        guard let message = message(node, .certificateValidation) else { return validation }
        validation.trustedAuthorities = message["trusted_ca"].flatMap { dataSource($0) }
        validation.subjectAltNames = list(message["match_typed_subject_alt_names"]) { decoder, node in
            decoder.subjectAltName(node)
        }
        if !validation.subjectAltNames.isEmpty, message["trusted_ca"] == nil,
            let node = message["match_typed_subject_alt_names"]
        {
            report(.missing, node.pointer, "names mean nothing without trusted_ca; give it")
        }
        validation.revocationList = message["crl"].flatMap { dataSource($0) }
        if let node = message["crl"], message["trusted_ca"] == nil {
            report(.missing, node.pointer, "a revocation list means nothing without trusted_ca; give it")
        }
        read(message["only_verify_leaf_cert_crl"], into: &validation.onlyLeafRevocation)
        var depth = 100
        read(message["max_verify_depth"], in: 0...100, into: &depth)
        // Envoy's number counts the root as well, and to it 0 is the same as 1.
        validation.maxIntermediates = max(0, depth - 1)
        watchedDirectory(message["watched_directory"])
        validation.publicKeyPins = list(message["verify_certificate_spki"]) { decoder, node in
            decoder.digest(node, "base64") { Base64.decode($0) }
        }
        validation.certificatePins = list(message["verify_certificate_hash"]) { decoder, node in
            decoder.digest(node, "hexadecimal") { Hexadecimal.decode($0.replacing(":", with: "")) }
        }
        if let field = message["trust_chain_verification"],
            let choice = choice(field, ["VERIFY_TRUST_CHAIN", "ACCEPT_UNTRUSTED"])
        {
            validation.verifiesChain = choice != "ACCEPT_UNTRUSTED"
        }
        return validation
    }

    private mutating func subjectAltName(_ node: ConfigurationNode) -> SubjectAltNameMatcher? {
        guard let message = message(node, .subjectAltNameMatcher) else { return nil }
        guard let type = required("san_type", in: message), let field = required("matcher", in: message) else {
            return nil
        }
        var kind = SubjectAltNameMatcher.Kind.dns
        read(type, into: &kind, unsupported: ["OTHER_NAME"])
        return stringMatcher(field).map { SubjectAltNameMatcher(kind, $0) }
    }

    private mutating func digest(
        _ node: ConfigurationNode,
        _ notation: String,
        _ decode: (String) -> [UInt8]?
    ) -> [UInt8]? {
        guard let text = string(node) else { return nil }
        guard let bytes = decode(text), bytes.count == 32 else {
            report(.invalidValue, node.pointer, "must be 32 bytes (SHA-256) in \(notation)")
            return nil
        }
        return bytes
    }

    /// A `core.v3.DataSource`.
    mutating func dataSource(_ node: ConfigurationNode) -> DataSource? {
        guard let message = message(node, .dataSource) else { return nil }
        watchedDirectory(message["watched_directory"])
        let names = ["filename", "inline_string", "inline_bytes", "environment_variable"]
        guard let (field, value) = oneOf(names, in: message, isRequired: true), let text = string(value) else {
            return nil
        }
        guard !text.isEmpty || field.hasPrefix("inline") else {
            report(.invalidValue, value.pointer, "must not be empty")
            return nil
        }
        switch field {
        case "filename": return .file(text)
        case "environment_variable": return .environment(text)
        case "inline_string": return .inline(Array(text.utf8))
        default:
            guard let bytes = Base64.decode(text) else {
                report(.invalidValue, value.pointer, "is not base64")
                return nil
            }
            return .inline(bytes)
        }
    }
}
