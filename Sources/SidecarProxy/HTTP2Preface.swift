import NIOCore

/// Recognises a client that speaks HTTP/2 without having asked (RFC 9113 section 3.3).
enum HTTP2Preface {
    /// What the first bytes of a connection are.
    enum Verdict {
        /// The beginning of the preface; more has to come.
        case incomplete
        /// The preface.
        case complete
        /// Something else.
        case other
    }

    // Up to here no request of HTTP/1 can be the same: its version would be refused.
    private static let start: StaticString = "PRI * HTTP/2.0\r\n"

    /// Judges the readable bytes of `input`.
    static func judge(_ input: ByteBuffer) -> Verdict {
        let bytes = input.readableBytesUInt8Span
        let count = min(bytes.count, start.utf8CodeUnitCount)
        // Safety: a static string lives as long as the program and has `start.utf8CodeUnitCount` bytes.
        let expected = unsafe start.utf8Start
        for index in 0..<count {
            guard unsafe bytes[index] == expected[index] else { return .other }
        }
        return count == start.utf8CodeUnitCount ? .complete : .incomplete
    }
}
