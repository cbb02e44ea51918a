import HTTP1
import NIOHTTP1

/// Checks a head against what this server takes, once the codec has found it sound.
///
/// | in the head | answer |
/// |---|---|
/// | a method that HTTP does not know | 400 |
/// | request line over its limit | 414 |
/// | Content-Length over the body limit | 413 |
struct RequestGate {
    let limits: HTTPServerLimits

    /// Checks `start`; the rest of a request that is refused here can still be read and dropped.
    func check(_ start: RequestStart) throws(HTTPRefusal) {
        if case .RAW(value: _) = start.method {
            throw HTTPRefusal(.malformed, "The request does not begin with a known HTTP method.")
        }
        guard start.lineBytes <= limits.requestLineBytes else {
            throw HTTPRefusal(.targetTooLong, "The request line is longer than \(limits.requestLineBytes) bytes.")
        }
        if case .length(let length) = start.framing, length > limits.bodyBytes {
            throw HTTPRefusal(.bodyTooLarge, "The body is longer than the limit of \(limits.bodyBytes) bytes.")
        }
    }
}
