import HTTPClient
import Testing

@testable import KubernetesAPI

@Suite struct ObjectReferenceTests {
    private let secret = ObjectReference.secret("pillion-tls", in: "pillion-system")
    private let configuration = ObjectReference.mutatingWebhookConfiguration("pillion")

    @Test("Paths are those of the Kubernetes API")
    func paths() {
        #expect(secret.path == "/api/v1/namespaces/pillion-system/secrets/pillion-tls")
        #expect(
            configuration.path
                == "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/pillion"
        )
        #expect(
            secret.watchPath(from: "7", seconds: 240)
                == "/api/v1/namespaces/pillion-system/secrets?watch=true&allowWatchBookmarks=true&timeoutSeconds=240"
                + "&fieldSelector=metadata.name%3Dpillion-tls&resourceVersion=7"
        )
        #expect(!configuration.watchPath(from: nil, seconds: 240).contains("resourceVersion"))
    }

    @Test(
        "Only names of Kubernetes become part of a path",
        arguments: [
            ("pillion", true), ("a.b-c", true), ("", false), ("../x", false), ("a/b", false), ("A", false),
            ("a?b", false), (".a", false),
        ]
    )
    func names(name: String, isName: Bool) {
        #expect(ObjectReference.isName(name) == isName)
    }

    @Test("A forbidden request is answered by the rule that is missing")
    func namesMissingRule() {
        let response = HTTPClientResponse(status: 403, body: Array(#"{"kind":"Status","message":"no\nway"}"#.utf8))
        let error = KubernetesAPIError(response, verb: .update, object: secret)
        #expect(error.code == .forbidden)
        #expect(error.reason.contains("its Role in namespace pillion-system needs the rule"))
        #expect(error.reason.contains(#"resources: ["secrets"], resourceNames: ["pillion-tls"], verbs: ["update"]"#))
        #expect(error.reason.contains("no way"))
        let other = KubernetesAPIError(response, verb: .patch, object: configuration)
        #expect(other.reason.contains(#"its ClusterRole needs the rule apiGroups: ["admissionregistration.k8s.io"]"#))
    }

    @Test(
        "Every status has its meaning",
        arguments: [
            (401, .unauthorized), (403, .forbidden), (404, .notFound), (409, .conflict), (410, .gone), (422, .refused),
            (429, .throttled), (500, .serverFailure), (302, .serverFailure),
        ] as [(Int, KubernetesAPIError.Code)]
    )
    func statuses(status: Int, code: KubernetesAPIError.Code) {
        #expect(KubernetesAPIError(HTTPClientResponse(status: status), verb: .get, object: secret).code == code)
    }
}
