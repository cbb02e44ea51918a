import JSON
import SidecarCatalog
import Testing

@testable import ClusterPolicies

@Suite("Validating webhooks")
struct ValidatingWebhooksTests {
    private func document(isGuarding: Bool, isAdvising: Bool, authority: String? = nil) throws -> JSONValue? {
        ValidatingWebhooks(
            name: "guard",
            namespace: "injector",
            authority: authority,
            catalog: try Sample.catalog("{}", []),
            isGuarding: isGuarding,
            isAdvising: isAdvising
        ).document
    }

    @Test("without a webhook there is no configuration")
    func none() throws {
        #expect(try document(isGuarding: false, isAdvising: false) == nil)
    }

    @Test(
        "each webhook calls a path of its own and fails in its own way",
        arguments: [(true, false, "/validate", "Fail"), (false, true, "/advise", "Ignore")]
    )
    func one(isGuarding: Bool, isAdvising: Bool, path: String, policy: String) throws {
        let webhooks = try document(isGuarding: isGuarding, isAdvising: isAdvising)?["webhooks"]?.array ?? []
        #expect(webhooks.map { $0["clientConfig"]?["service"]?["path"]?.string } == [path])
        #expect(webhooks.map { $0["failurePolicy"]?.string } == [policy])
    }

    @Test("the authority stands in both, and the own namespace is left alone")
    func both() throws {
        let webhooks =
            try document(isGuarding: true, isAdvising: true, authority: "QQ==")?["webhooks"]?.array ?? []
        #expect(webhooks.map { $0["clientConfig"]?["caBundle"]?.string } == ["QQ==", "QQ=="])
        let excluded = webhooks.map { $0["namespaceSelector"]?["matchExpressions"]?.array?.first?["values"]?.array }
        #expect(excluded.allSatisfy { $0?.first?.string == "injector" })
    }

    @Test("pods that were never annotated are not asked about, and workloads always are")
    func conditions() throws {
        let webhooks = try document(isGuarding: true, isAdvising: true)?["webhooks"]?.array ?? []
        let names = webhooks.map { $0["matchConditions"]?.array?.map { $0["name"]?.string } }
        #expect(names == [["is-no-mirror-pod", "has-our-annotation"], nil])
    }
}
