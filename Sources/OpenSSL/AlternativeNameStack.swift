import COpenSSL

/// OpenSSL's list of subject alternative names, built name by name.
///
/// OpenSSL can also read such a list from text, where a comma in a name would begin another name.
@safe
struct AlternativeNameStack: ~Copyable {
    // Safety: the stack is created here and freed by deinit only.
    private let names: OpaquePointer

    /// Makes an empty list.
    init() throws(OpenSSLError) {
        unsafe names = try ErrorQueue.pointer(.libraryFailure, "out of memory") {
            unsafe COpenSSL_GENERAL_NAMES_new()
        }
    }

    deinit {
        unsafe COpenSSL_GENERAL_NAMES_free(names)
    }

    /// Adds a DNS name or URI: 1 to 2,048 visible ASCII characters.
    func append(_ type: Int32, text: String) throws(OpenSSLError) {
        let bytes = Array(text.utf8)
        guard (1...2_048).contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") })
        else {
            throw OpenSSLError(.invalidConfiguration, "a name that a certificate cannot have", at: text)
        }
        try append(type, bytes, V_ASN1_IA5STRING)
    }

    /// Adds an IP address given as text.
    func append(address: String) throws(OpenSSLError) {
        guard let bytes = IPAddressText.bytes(of: address) else {
            throw OpenSSLError(.invalidConfiguration, "not an IP address", at: address)
        }
        try append(GEN_IPADD, bytes, V_ASN1_OCTET_STRING)
    }

    /// Puts the list into a certificate that is being made.
    func add(to certificate: CertificateHandle) throws(OpenSSLError) {
        let names = unsafe self.names
        try ErrorQueue.success(.libraryFailure, "cannot add the subject alternative names") {
            unsafe COpenSSL_X509_add_alternative_names(certificate.pointer, names)
        }
    }

    private func append(_ type: Int32, _ bytes: [UInt8], _ stringType: Int32) throws(OpenSSLError) {
        let names = unsafe self.names
        try ErrorQueue.success(.libraryFailure, "out of memory") {
            // Safety: the string copies the bytes, and the stack takes the string over, also when it fails.
            guard let value = unsafe ASN1_STRING_type_new(stringType) else { return 0 }
            let copied = unsafe bytes.withUnsafeBytes { unsafe ASN1_STRING_set(value, $0.baseAddress, Int32($0.count)) }
            guard copied == 1 else {
                unsafe ASN1_STRING_free(value)
                return 0
            }
            return unsafe COpenSSL_GENERAL_NAMES_append(names, type, value)
        }
    }
}
