import COpenSSL

extension Certificate {
    /// Whether the key of `authority` signed this certificate; says nothing of dates or names.
    public func isSigned(by authority: Certificate) -> Bool {
        let (result, _) = ErrorQueue.collecting { () -> Int32 in
            // Safety: the key belongs to the authority's certificate, which outlives the call.
            guard let key = unsafe X509_get0_pubkey(authority.handle.pointer) else { return 0 }
            return unsafe X509_verify(handle.pointer, key)
        }
        return result == 1
    }
}
