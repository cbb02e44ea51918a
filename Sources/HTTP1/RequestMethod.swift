/// The request methods that a proxy treats differently (RFC 9110 section 9).
public enum RequestMethod: UInt8, Sendable {
    case get
    case head
    case post
    case put
    case delete
    case options
    /// Any other method, PATCH for one.
    case other

    /// Whether sending the request twice has the effect of sending it once (RFC 9110 section 9.2.2).
    public var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options: true
        case .post, .other: false
        }
    }

    /// Recognises a method; methods are case-sensitive.
    init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        self = .other
        switch end - start {
        case 3:
            if bytes.equals("GET", start, end) {
                self = .get
            } else if bytes.equals("PUT", start, end) {
                self = .put
            }
        case 4:
            if bytes.equals("POST", start, end) {
                self = .post
            } else if bytes.equals("HEAD", start, end) {
                self = .head
            }
        case 6: if bytes.equals("DELETE", start, end) { self = .delete }
        case 7: if bytes.equals("OPTIONS", start, end) { self = .options }
        default: break
        }
    }
}
