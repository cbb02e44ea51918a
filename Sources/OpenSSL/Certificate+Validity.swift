import COpenSSL
import Glibc

extension Certificate {
    /// The first second of validity, in seconds since 1970 (UTC).
    public var notBefore: Int64 {
        unsafe Self.seconds(X509_get0_notBefore(handle.pointer))
    }

    /// The last second of validity, in seconds since 1970 (UTC).
    public var notAfter: Int64 {
        unsafe Self.seconds(X509_get0_notAfter(handle.pointer))
    }

    /// The serial number, as the hexadecimal digits of its magnitude.
    public var serialNumber: String {
        // Safety: the number belongs to the certificate; BN_bn2hex allocates text that is freed after the copy.
        guard let serial = unsafe X509_get0_serialNumber(handle.pointer) else { return "" }
        let (text, _) = ErrorQueue.collecting { () -> String in
            guard let number = unsafe ASN1_INTEGER_to_BN(serial, nil) else { return "" }
            defer { unsafe BN_free(number) }
            guard let digits = unsafe BN_bn2hex(number) else { return "" }
            defer { unsafe CRYPTO_free(digits, nil, 0) }
            return unsafe String(cString: digits).lowercased()
        }
        return text
    }

    /// Zero (1970) for a time that cannot be read, so that such a certificate counts as expired.
    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        guard let time = unsafe time else { return 0 }
        var parts = unsafe tm()
        let (result, _) = ErrorQueue.collecting { unsafe ASN1_TIME_to_tm(time, &parts) }
        guard result == 1 else { return 0 }
        return Int64(unsafe timegm(&parts))
    }
}
