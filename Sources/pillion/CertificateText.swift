import Glibc
import OpenSSL
import Reports

/// A certificate in words.
enum CertificateText {
    /// Subject, issuer, names, validity and fingerprint, a line each.
    static func text(_ certificate: Certificate) -> String {
        let names = certificate.alternativeNames
        var rows = [
            ["Subject", certificate.subject], ["Issuer", certificate.issuer],
            ["Valid from", time(certificate.notBefore)],
            ["Valid until", "\(time(certificate.notAfter)) (\(remaining(certificate)))"],
        ]
        let list =
            names.dnsNames.map { "DNS \($0)" } + names.ipAddresses.map { "IP \($0)" } + names.uris.map { "URI \($0)" }
        if !list.isEmpty { rows.append(["Names", list.joined(separator: ", ")]) }
        rows.append(["Authority", certificate.isAuthority ? "yes" : "no"])
        rows.append(["Serial", certificate.serialNumber])
        rows.append(["SHA-256", certificate.fingerprint])
        return AlignedColumns.text(rows)
    }

    private static func remaining(_ certificate: Certificate) -> String {
        let seconds = certificate.notAfter - CertificateFolder.now
        return seconds < 0 ? "expired" : "\(seconds / 86_400) days left"
    }

    /// A time in RFC 3339, UTC.
    private static func time(_ seconds: Int64) -> String {
        var seconds = time_t(seconds)
        // Safety: `tm` is a C struct for which all zeros is a value, though it holds a pointer to a time zone's name.
        var parts = unsafe tm()
        // Safety: both values outlive the call, which reads one and writes the other.
        guard unsafe gmtime_r(&seconds, &parts) != nil else { return "\(seconds)" }
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let date = unsafe "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return unsafe "\(date)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}
