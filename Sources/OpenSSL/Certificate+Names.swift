import COpenSSL

extension Certificate {
    /// The subject's common name, or nil when it has none or one that contains a NUL.
    public var commonName: String? {
        let (name, _) = ErrorQueue.collecting { () -> String? in
            // Safety: the subject, its entry and its string belong to the certificate, which outlives the call.
            guard let subject = unsafe X509_get_subject_name(handle.pointer) else { return nil }
            let index = unsafe X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
            guard index >= 0, let entry = unsafe X509_NAME_get_entry(subject, index) else { return nil }
            guard let value = unsafe X509_NAME_ENTRY_get_data(entry) else { return nil }
            return unsafe Self.text(utf8Of: value)
        }
        return name
    }

    /// The subject as RFC 2253 writes it, for people.
    public var subject: String {
        unsafe distinguishedName(X509_get_subject_name(handle.pointer))
    }

    /// The issuer as RFC 2253 writes it, for people.
    public var issuer: String {
        unsafe distinguishedName(X509_get_issuer_name(handle.pointer))
    }

    /// The subject alternative names (RFC 5280 section 4.2.1.6).
    public var alternativeNames: AlternativeNames {
        let (names, _) = ErrorQueue.collecting { () -> AlternativeNames in
            var result = AlternativeNames()
            // Safety: X509_get_ext_d2i gives us a stack that we free; its strings live until then and are copied.
            let stack = unsafe X509_get_ext_d2i(handle.pointer, NID_subject_alt_name, nil, nil)
            guard let stack = unsafe stack else { return result }
            let names = OpaquePointer(stack)
            defer { unsafe COpenSSL_GENERAL_NAMES_free(names) }
            for index in 0..<(unsafe COpenSSL_GENERAL_NAMES_count(names)) {
                guard let name = unsafe COpenSSL_GENERAL_NAMES_get(names, index) else { continue }
                var type: Int32 = -1
                guard let value = unsafe COpenSSL_GENERAL_NAME_get0_string(name, &type) else { continue }
                result.append(type: type, bytes: unsafe Self.bytes(of: value))
            }
            return result
        }
        return names
    }

    /// Whether the common name, a DNS name or a URI is in `allowed`, byte for byte.
    ///
    /// For a list of clients that may call: no wildcards, no case folding, so that the list means what it says.
    public func bears(anyOf allowed: Set<String>) -> Bool {
        if let commonName, allowed.contains(commonName) { return true }
        let names = alternativeNames
        return names.dnsNames.contains(where: allowed.contains) || names.uris.contains(where: allowed.contains)
    }

    private func distinguishedName(_ name: OpaquePointer?) -> String {
        guard let name = unsafe name, let text = try? MemoryBIO() else { return "" }
        try? unsafe text.with { (bio) throws(OpenSSLError) in
            _ = ErrorQueue.collecting { unsafe COpenSSL_X509_NAME_print(bio, name) }
        }
        return String(decoding: text.bytes, as: UTF8.self)
    }

    private static func text(utf8Of value: UnsafePointer<ASN1_STRING>) -> String? {
        var buffer: UnsafeMutablePointer<UInt8>?
        // Safety: ASN1_STRING_to_UTF8 allocates the buffer, whose length it returns; it is freed after the copy.
        let count = unsafe ASN1_STRING_to_UTF8(&buffer, value)
        guard count >= 0, let start = unsafe buffer else { return nil }
        defer { unsafe CRYPTO_free(start, nil, 0) }
        let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(count)))
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func bytes(of value: UnsafePointer<ASN1_STRING>) -> [UInt8] {
        let count = unsafe ASN1_STRING_length(value)
        // Safety: the bytes belong to the string, which the caller keeps alive, and are copied.
        guard count > 0, let start = unsafe ASN1_STRING_get0_data(value) else { return [] }
        return unsafe [UInt8](UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
