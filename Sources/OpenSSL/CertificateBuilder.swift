import COpenSSL

/// A certificate that is being made: filled in from a template, then signed.
struct CertificateBuilder {
    private let handle: CertificateHandle
    private let template: CertificateTemplate
    private let publicKey: PrivateKey

    /// Begins a version 3 certificate with a random serial number of 128 bits.
    init(_ template: CertificateTemplate, publicKey: PrivateKey) throws(OpenSSLError) {
        self.template = template
        self.publicKey = publicKey
        let certificate = unsafe try ErrorQueue.pointer(.libraryFailure, "out of memory") { unsafe X509_new() }
        handle = unsafe CertificateHandle(taking: certificate)
        try Self.check(template)
        try setVersionAndSerial()
        try setValidity()
        try setSubject()
        try ErrorQueue.success(.libraryFailure, "cannot put the public key into a certificate") {
            unsafe X509_set_pubkey(handle.pointer, publicKey.handle.pointer)
        }
    }

    /// Adds the extensions and signs: by `issuer` with its `key`, or by the certificate itself when there is none.
    func sign(issuer: Certificate?, with key: PrivateKey) throws(OpenSSLError) -> Certificate {
        let issuerHandle = issuer?.handle ?? handle
        try ErrorQueue.success(.libraryFailure, "cannot name the issuer") {
            unsafe X509_set_issuer_name(handle.pointer, X509_get_subject_name(issuerHandle.pointer))
        }
        try addExtensions(issuerHandle)
        try addAlternativeNames()
        try ErrorQueue.success(.libraryFailure, "cannot sign the certificate") {
            unsafe X509_sign(handle.pointer, key.handle.pointer, key.hashesItself ? nil : EVP_sha256())
        }
        return Certificate(handle: handle)
    }

    private static func check(_ template: CertificateTemplate) throws(OpenSSLError) {
        guard (1...64).contains(template.commonName.unicodeScalars.count), !template.commonName.utf8.contains(0) else {
            throw OpenSSLError(.invalidConfiguration, "a common name has 1 to 64 characters", at: template.commonName)
        }
        guard template.notBefore < template.notAfter else {
            throw OpenSSLError(.invalidConfiguration, "a validity that ends before it begins", at: template.commonName)
        }
    }

    private func setVersionAndSerial() throws(OpenSSLError) {
        var serial = [UInt8](repeating: 0, count: 16)
        try ErrorQueue.success(.libraryFailure, "no random numbers for a serial number") {
            // Safety: RAND_bytes fills the array's 16 bytes.
            unsafe serial.withUnsafeMutableBufferPointer { unsafe RAND_bytes($0.baseAddress, Int32($0.count)) }
        }
        try ErrorQueue.success(.libraryFailure, "cannot number the certificate") {
            // Safety: the number lives from BN_bin2bn to BN_free and is copied in between.
            guard unsafe X509_set_version(handle.pointer, Int(X509_VERSION_3)) == 1 else { return 0 }
            let number = unsafe serial.withUnsafeBufferPointer {
                unsafe BN_bin2bn($0.baseAddress, Int32($0.count), nil)
            }
            guard let number = unsafe number else { return 0 }
            defer { unsafe BN_free(number) }
            return unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(handle.pointer)) == nil ? 0 : 1
        }
    }

    private func setValidity() throws(OpenSSLError) {
        try ErrorQueue.success(.invalidConfiguration, "a validity that a certificate cannot express") {
            guard unsafe ASN1_TIME_set(X509_getm_notBefore(handle.pointer), Int(template.notBefore)) != nil,
                unsafe ASN1_TIME_set(X509_getm_notAfter(handle.pointer), Int(template.notAfter)) != nil
            else { return 0 }
            return 1
        }
    }

    private func setSubject() throws(OpenSSLError) {
        let name = Array(template.commonName.utf8)
        try ErrorQueue.success(.invalidConfiguration, "the common name cannot be used: \(template.commonName)") {
            // Safety: the entry copies the bytes; the subject belongs to the certificate.
            unsafe name.withUnsafeBufferPointer { bytes in
                unsafe X509_NAME_add_entry_by_NID(
                    X509_get_subject_name(handle.pointer),
                    NID_commonName,
                    MBSTRING_UTF8,
                    bytes.baseAddress,
                    Int32(bytes.count),
                    -1,
                    0
                )
            }
        }
    }

    private func addExtensions(_ issuer: CertificateHandle) throws(OpenSSLError) {
        var extensions: [(Int32, String)] = [(NID_subject_key_identifier, "hash")]
        switch template.purpose {
        case .authority:
            extensions.append((NID_basic_constraints, "critical,CA:TRUE"))
            extensions.append((NID_key_usage, "critical,keyCertSign,cRLSign"))
        case .server, .client:
            extensions.append((NID_basic_constraints, "critical,CA:FALSE"))
            extensions.append((NID_key_usage, "critical,digitalSignature"))
            extensions.append((NID_ext_key_usage, template.purpose == .server ? "serverAuth" : "clientAuth"))
        }
        // After the subject's: an authority that signs itself refers to its own.
        extensions.append((NID_authority_key_identifier, "keyid:always"))
        for (identifier, text) in extensions {
            try ErrorQueue.success(.libraryFailure, "cannot add the extension \(text)") {
                unsafe COpenSSL_X509_add_extension(handle.pointer, issuer.pointer, identifier, text)
            }
        }
    }

    private func addAlternativeNames() throws(OpenSSLError) {
        guard !(template.dnsNames.isEmpty && template.ipAddresses.isEmpty && template.uris.isEmpty) else { return }
        let names = try AlternativeNameStack()
        for name in template.dnsNames { try names.append(GEN_DNS, text: name) }
        for uri in template.uris { try names.append(GEN_URI, text: uri) }
        for address in template.ipAddresses { try names.append(address: address) }
        try names.add(to: handle)
    }
}
