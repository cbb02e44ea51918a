import HTTP1
import NIOCore
import NIOHTTP1

/// The head of a request, as far as a server acts on it.
struct RequestStart {
    /// The method.
    let method: HTTPMethod
    /// The path of the target; `/` for an absolute URI without one.
    let path: String
    /// What follows the first `?` of the target.
    let query: String?
    /// The bytes of the request line without its CR LF.
    let lineBytes: Int
    /// The header fields.
    let headers: HTTPFields
    /// How the body ends.
    let framing: BodyFraming
    /// Whether the client lets the connection go on; one that asks for another protocol does not.
    let isPersistent: Bool
    /// Whether the client waits to be told that the connection persists, because it speaks HTTP/1.0.
    let needsKeepAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool

    /// Reads what the codec found.
    ///
    /// - Parameters:
    ///   - head: The places.
    ///   - bytes: The bytes of the head, from the first one that the codec saw.
    init(_ head: RequestHead, _ bytes: ByteBuffer) {
        method = Self.method(head, bytes)
        let target = Self.text(head.path, bytes)
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(target[..<mark])
            query = String(target[target.utf8.index(after: mark)...])
        } else {
            path = target.isEmpty ? (head.method == .options ? "*" : "/") : target
            query = nil
        }
        // Method, two spaces and "HTTP/1.1" belong to the line as well.
        lineBytes = head.methodRange.count + head.target.count + 10
        headers = HTTPFields(head.section, in: bytes)
        framing = head.framing
        isPersistent = head.isPersistent && head.section.first(.upgrade) == nil
        needsKeepAlive = head.minorVersion == 0
        expectsContinue = head.expectsContinue
    }

    private static func method(_ head: RequestHead, _ bytes: ByteBuffer) -> HTTPMethod {
        switch head.method {
        case .get: .GET
        case .head: .HEAD
        case .post: .POST
        case .put: .PUT
        case .delete: .DELETE
        case .options: .OPTIONS
        case .other: HTTPMethod(rawValue: text(head.methodRange, bytes))
        }
    }

    private static func text(_ range: HTTP1.ByteRange, _ bytes: ByteBuffer) -> String {
        bytes.getString(at: bytes.readerIndex + Int(range.start), length: range.count) ?? ""
    }
}
