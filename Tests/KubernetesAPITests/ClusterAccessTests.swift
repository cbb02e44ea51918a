import Foundation
import HTTPClient
import Testing

@testable import KubernetesAPI

@Suite struct ClusterAccessTests {
    @Test("A pod finds its API server by the environment, an IPv6 address included")
    func findsServer() throws {
        let environment = ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "6443"]
        let access = try ClusterAccess(environment: { environment[$0] })
        #expect(access.endpoint.authority == "[fd00::1]:6443")
        #expect(access.tokenPath == "/var/run/secrets/kubernetes.io/serviceaccount/token")
    }

    @Test(
        "Outside of a cluster it says so",
        arguments: [
            [:], ["KUBERNETES_SERVICE_HOST": ""], ["KUBERNETES_SERVICE_HOST": "a", "KUBERNETES_SERVICE_PORT": "x"],
        ]
    )
    func refuses(environment: [String: String]) {
        #expect(throws: KubernetesAPIError(.notInCluster, "")) {
            try ClusterAccess(environment: { environment[$0] })
        }
    }

    @Test("Token and namespace are read without the line's end; what is missing is named")
    func readsFiles() throws {
        let folder = NSTemporaryDirectory() + "account-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let access = ClusterAccess(endpoint: .init(host: "a", port: 1), folder: folder)
        #expect(throws: KubernetesAPIError(.unreadableCredentials, "", at: folder + "/token")) {
            try ServiceAccount(access)
        }
        for (name, text) in [("token", "abc\n"), ("ca.crt", "pem"), ("namespace", "pillion-system\n")] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
        }
        #expect(try ServiceAccount(access).token == "abc")
        #expect(try ServiceAccount.namespace(access) == "pillion-system")
        try Data("../x".utf8).write(to: URL(fileURLWithPath: folder + "/namespace"))
        #expect(throws: KubernetesAPIError(.unreadableCredentials, "", at: folder + "/namespace")) {
            try ServiceAccount.namespace(access)
        }
    }
}
