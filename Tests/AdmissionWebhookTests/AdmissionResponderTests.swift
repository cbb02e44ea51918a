import AdmissionWebhook
import Fixtures
import Foundation
import Injection
import JSON
import NIOCore
import NIOHTTP1
import NIOPosix
import Observability
import ServerCore
import ServerHTTP
import SidecarCatalog
import Testing

@Suite("AdmissionResponder")
struct AdmissionResponderTests {
    private let store: CatalogStore
    private let registry = MetricRegistry()
    private let responder: AdmissionResponder
    private let strict: AdmissionResponder
    private let loop = MultiThreadedEventLoopGroup.singleton.next()

    init() throws {
        let path = Fixture.repository.appendingPathComponent("charts/pillion/catalog").path
        let store = CatalogStore(try #require(CatalogReader.read(path).catalog), settings: AdmissionReviewer.Settings())
        let metrics = AdmissionMetrics(registry: registry, store: store)
        self.store = store
        responder = Self.responder(store, metrics, requiresClientCertificate: false)
        strict = Self.responder(store, metrics, requiresClientCertificate: true)
    }

    private static func responder(
        _ store: CatalogStore,
        _ metrics: AdmissionMetrics,
        requiresClientCertificate: Bool
    ) -> AdmissionResponder {
        AdmissionResponder(
            store: store,
            metrics: metrics,
            log: DecisionLog(FieldLog(label: "test", sink: nil, format: .json)),
            liveness: HealthChecks(name: "livez", checks: []),
            readiness: HealthChecks(name: "readyz", checks: [HealthCheck("always") { .failed("never") }]),
            pool: .singleton,
            requiresClientCertificate: requiresClientCertificate
        )
    }

    private func request(_ method: HTTPMethod, _ path: String, body: [UInt8] = [], headers: HTTPFields = HTTPFields())
        -> HTTPRequest
    {
        HTTPRequest(
            method: method,
            path: path,
            headers: headers,
            body: ByteBuffer(bytes: body),
            connection: ConnectionContext(peer: nil, eventLoop: loop)
        )
    }

    @Test(
        "what needs no body is answered before it is read",
        arguments: [
            (HTTPMethod.GET, "/mutate", 405), (.PUT, "/mutate", 405), (.POST, "/", 404), (.POST, "/mutate/", 404),
            (.GET, "/livez", 200), (.HEAD, "/readyz", 503), (.POST, "/livez", 405),
        ]
    )
    func early(_ method: HTTPMethod, _ path: String, _ status: Int) {
        #expect(responder.respondEarly(to: request(method, path)).map { Int($0.status.code) } == status)
    }

    @Test("a review is read whole before it is answered")
    func review() {
        #expect(responder.respondEarly(to: request(.POST, "/mutate")) == nil)
    }

    @Test("a compressed body is refused in words")
    func encoding() {
        let response = responder.respondEarly(
            to: request(.POST, "/mutate", headers: HTTPFields([("Content-Encoding", "gzip")]))
        )
        #expect(response?.status == .unsupportedMediaType)
    }

    @Test("where a client certificate is wanted, callers without one get the probes and nothing else")
    func certificate() {
        #expect(strict.respondEarly(to: request(.POST, "/mutate"))?.status == .forbidden)
        #expect(strict.respondEarly(to: request(.GET, "/livez"))?.status == .ok)
        var known = request(.POST, "/mutate")
        known.connection.peerIdentity = PeerIdentity(commonName: "apiserver", dnsNames: [], uris: [])
        #expect(strict.respondEarly(to: known) == nil)
    }

    @Test("the body is the engine's answer, byte for byte", arguments: ["minimal", "delete", "very-large-200k"])
    func answer(_ name: String) async throws {
        let body = try Fixture.admissionReview(name)
        let expected = AdmissionReviewer(catalog: store.snapshot.catalog).review(body).body
        let group = MultiThreadedEventLoopGroup.singleton
        let response: HTTPResponse
        switch responder.respond(to: request(.POST, "/mutate", body: body), on: group.next()) {
        case .now(let value), .busy(let value, _): response = value
        case .later(let future): response = try await future.get()
        }
        #expect(response.status == .ok)
        #expect(Array(response.body.readableBytesView) == expected)
    }

    @Test(
        "what is no review is answered with 400 and counted",
        arguments: ["", "{", "[]", "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}"]
    )
    func malformed(_ body: String) throws {
        guard
            case .now(let response) = responder.respond(to: request(.POST, "/mutate", body: Array(body.utf8)), on: loop)
        else {
            Issue.record("answered later")
            return
        }
        #expect(response.status == .badRequest)
        let json = try JSONParser.parse(Array(response.body.readableBytesView))
        #expect(json["response"]?["status"]?["code"] == 400)
        let metrics = String(decoding: registry.exposition(), as: UTF8.self)
        #expect(
            metrics.contains(
                #"pillion_admission_requests_total{webhook="mutate",decision="malformed",reason="malformed"} 1"#
            )
        )
    }
}
