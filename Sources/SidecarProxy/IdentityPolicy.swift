import HTTP1
import NIOCore
import ProxyConfiguration
import ProxyHeaders

/// Which headers a connection manager adds to tell who asks, by which way, and who answers.
struct IdentityPolicy: Sendable {
    let forwardedFor: ForwardedFor
    let requestID: RequestIDPolicy
    /// The line that is added to requests and responses; empty for none.
    let via: String
    /// `always_set_request_id_in_response`.
    let tellsRequestID: Bool
    /// The value of `server`; nil keeps that of the endpoint.
    let serverName: String?
    private let serverHeader: ServerHeaderTransformation

    init(_ manager: HTTPConnectionManager) {
        forwardedFor = ForwardedFor(
            usesRemoteAddress: manager.useRemoteAddress,
            trustedHops: manager.trustedHops,
            skipsAppend: manager.skipsForwardedFor
        )
        requestID = RequestIDPolicy(
            generates: manager.generateRequestID,
            usesRemoteAddress: manager.useRemoteAddress,
            preservesExternal: manager.preservesExternalRequestID
        )
        via = manager.via.isEmpty ? "" : "via: \(manager.via)\r\n"
        tellsRequestID = manager.setsRequestIDInResponse
        serverHeader = manager.serverHeader
        serverName = manager.serverHeader == .passThrough ? nil : manager.serverName
    }

    /// Whether answers go on as the endpoint made them.
    var keepsAnswers: Bool { via.isEmpty && !tellsRequestID && serverName == nil }

    /// Changes the head of an endpoint's answer.
    ///
    /// - Parameters:
    ///   - head: Lines that go are marked in it.
    ///   - requestID: The identifier of the request, or nil without one.
    ///   - additions: Where lines that come are written.
    func change(_ head: inout ResponseHead, requestID: String?, into additions: inout ByteBuffer) {
        var keepsServer = serverName == nil
        for (index, field) in head.section.fields.enumerated() where !field.isDropped {
            switch field.known {
            case .server where serverHeader == .appendIfAbsent: keepsServer = true
            case .server where serverName != nil: head.drop(at: index)
            case .requestID where tellsRequestID && requestID != nil: head.drop(at: index)
            default: break
            }
        }
        additions.writeString(lines(requestID: requestID, keepsServer: keepsServer))
    }

    /// The lines of an answer that the proxy makes itself.
    func lines(requestID: String?, keepsServer: Bool = false) -> String {
        var lines = via
        if !keepsServer, let serverName { lines += "server: \(serverName)\r\n" }
        if tellsRequestID, let requestID { lines += "x-request-id: \(requestID)\r\n" }
        return lines
    }
}
