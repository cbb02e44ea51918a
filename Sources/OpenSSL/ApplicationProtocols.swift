/// A list of application protocol names in the form of the ALPN extension (RFC 7301 section 3.1).
///
/// The comparison is Pillion's own: OpenSSL's `SSL_select_next_proto` read out of bounds for an empty list
/// (CVE-2024-5535).
final class ApplicationProtocols: Sendable {
    /// The names, each after its length in one byte, as they travel.
    let encoded: [UInt8]
    /// The names in order of preference.
    private let names: [[UInt8]]

    /// Checks and encodes `names`: 1 to 255 bytes each, 65,535 bytes in all.
    init(_ names: [String]) throws(OpenSSLError) {
        var encoded: [UInt8] = []
        for name in names {
            guard let length = UInt8(exactly: name.utf8.count), length > 0 else {
                throw OpenSSLError(.invalidConfiguration, "an application protocol has 1 to 255 bytes", at: name)
            }
            encoded.append(length)
            encoded += Array(name.utf8)
        }
        guard encoded.count <= Int(UInt16.max) else {
            throw OpenSSLError(.invalidConfiguration, "the application protocols take more than 65535 bytes")
        }
        self.encoded = encoded
        self.names = names.map { Array($0.utf8) }
    }

    /// Where in the client's `offer` the most preferred common name lies, or nil when there is none or the offer is
    /// malformed.
    func select(from offer: [UInt8]) -> Range<Int>? {
        var best: (rank: Int, range: Range<Int>)?
        var index = offer.startIndex
        while index < offer.endIndex {
            let start = index + 1
            let end = start + Int(offer[index])
            guard end > start, end <= offer.endIndex else { return nil }
            if let rank = names.firstIndex(where: { $0.elementsEqual(offer[start..<end]) }), rank < best?.rank ?? .max {
                best = (rank, start..<end)
            }
            index = end
        }
        return best?.range
    }
}
