public import HTTPClient
public import JSON
public import NIOCore
import NIOPosix
import OpenSSL
import Synchronization

/// A client of the Kubernetes API for a few objects known by name.
///
/// Token and authority are read for every request, so a rotation by the kubelet is never noticed late; a 401 leads to
/// one more reading and one more request. Nothing else is repeated here.
public final class KubernetesClient: Sendable {
    /// The last client, and the authorities it was made for.
    private struct Known {
        let authorities: [UInt8]
        let http: HTTPClient
    }

    /// How the server is reached.
    public let access: ClusterAccess
    private let group: any EventLoopGroup
    private let limits: HTTPClientLimits
    private let userAgent: String
    private let known = Mutex<Known?>(nil)

    /// Makes a client; connects to nothing yet.
    ///
    /// - Parameters:
    ///   - access: How the server is reached.
    ///   - group: The event loops of the connections; they must outlive the client.
    ///   - userAgent: Who asks, for the server's audit log.
    ///   - limits: The deadlines and bounds of a request.
    public init(
        access: ClusterAccess,
        group: any EventLoopGroup,
        userAgent: String = "pillion",
        limits: HTTPClientLimits = HTTPClientLimits()
    ) {
        self.access = access
        self.group = group
        self.userAgent = userAgent
        self.limits = limits
    }

    /// The object as it is now.
    public func get(_ object: ObjectReference) async throws(KubernetesAPIError) -> JSONValue {
        try await perform(HTTPClientRequest("GET", object.path), .get, object)
    }

    /// Replaces the object; `value` carries the resource version that it was read with.
    ///
    /// - Throws: `conflict` when the object has changed since.
    @discardableResult
    public func update(
        _ object: ObjectReference,
        to value: JSONValue
    ) async throws(KubernetesAPIError) -> JSONValue {
        let field = HTTPClientRequest.Field("Content-Type", "application/json")
        let body = JSONWriter.compact(value)
        return try await perform(HTTPClientRequest("PUT", object.path, fields: [field], body: body), .update, object)
    }

    /// Applies a JSON Patch to the object.
    ///
    /// - Throws: `conflict` when it names another resource version than the present one, `refused` when a test fails.
    @discardableResult
    public func patch(
        _ object: ObjectReference,
        _ patch: JSONPatch
    ) async throws(KubernetesAPIError) -> JSONValue {
        let field = HTTPClientRequest.Field("Content-Type", "application/json-patch+json")
        let body = JSONWriter.compact(patch.json)
        return try await perform(HTTPClientRequest("PATCH", object.path, fields: [field], body: body), .patch, object)
    }

    private func perform(
        _ request: HTTPClientRequest,
        _ verb: APIVerb,
        _ object: ObjectReference
    ) async throws(KubernetesAPIError) -> JSONValue {
        let response = try await authorized(request, object) { http, request throws(HTTPClientError) in
            try await http.send(request)
        }
        guard response.isSuccess else { throw KubernetesAPIError(response, verb: verb, object: object) }
        do throws(JSONError) {
            return try JSONParser.parse(response.body)
        } catch {
            throw KubernetesAPIError(.malformedResponse, "an answer that is not JSON: \(error.reason)", at: "\(object)")
        }
    }

    /// Makes a request with the present token, and once more after a 401: the token may just have been replaced.
    func authorized(
        _ request: HTTPClientRequest,
        _ object: ObjectReference,
        _ exchange: @Sendable (HTTPClient, HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse
    ) async throws(KubernetesAPIError) -> HTTPClientResponse {
        let first = try await attempt(request, object, exchange)
        guard first.status == 401 else { return first }
        return try await attempt(request, object, exchange)
    }

    private func attempt(
        _ request: HTTPClientRequest,
        _ object: ObjectReference,
        _ exchange: @Sendable (HTTPClient, HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse
    ) async throws(KubernetesAPIError) -> HTTPClientResponse {
        let account = try await account()
        let http = try client(for: account.authorities)
        var request = request
        request.fields.append(HTTPClientRequest.Field("Accept", "application/json"))
        request.fields.append(HTTPClientRequest.Field("User-Agent", userAgent))
        request.authorize(bearer: account.token)
        do throws(HTTPClientError) {
            return try await exchange(http, request)
        } catch {
            throw KubernetesAPIError(error, object: object)
        }
    }

    /// Reads the files on a thread that may block.
    private func account() async throws(KubernetesAPIError) -> ServiceAccount {
        do {
            return try await NIOThreadPool.singleton.runIfActive { [access] in try ServiceAccount(access) }
        } catch {
            throw error as? KubernetesAPIError ?? KubernetesAPIError(.cancelled, "\(error)")
        }
    }

    private func client(for authorities: [UInt8]) throws(KubernetesAPIError) -> HTTPClient {
        if let known = known.withLock({ $0 }), known.authorities == authorities { return known.http }
        do throws(OpenSSLError) {
            var tls = TLSClientConfiguration(authorities: try CertificateChain(pem: authorities))
            tls.applicationProtocols = ["http/1.1"]
            let http = try HTTPClient(endpoint: access.endpoint, tls: tls, group: group, limits: limits)
            known.withLock { $0 = Known(authorities: authorities, http: http) }
            return http
        } catch {
            throw KubernetesAPIError(.unreadableCredentials, "\(error)", at: access.authorityPath)
        }
    }
}
