/// Judges trailers that did not come in chunks.
public enum TrailerLines {
    /// Those of `lines`, each with its CR LF, that may be forwarded as trailers (RFC 9110 section 6.5.1).
    ///
    /// - Returns: The lines, or nil when one is no header or there are too many.
    public static func forwardable(_ lines: [UInt8], limits: HTTP1Limits = .standard) -> [UInt8]? {
        var section = TrailerSection()
        do throws(HTTP1Error) {
            for (place, byte) in lines.enumerated() {
                guard try !section.append(byte, limits: limits, at: place) else { return nil }
            }
        } catch {
            return nil
        }
        return section.forwardable
    }
}
