import Fixtures
import Foundation
import JSON
import Testing

@Suite("The pillion command")
struct CommandTests {
    private let deployment = """
        # kept
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          template:
            metadata: {annotations: {pillion.dev/inject: log-shipper}}
            spec: {containers: [{name: app, image: "a:1"}]}
        ---
        {"kind": "Service",   "apiVersion": "v1"}   # kept too

        """

    @Test("inject changes what asks and leaves the rest as it is, and a second run changes nothing")
    func inject() throws {
        let first = try Program.run(
            "pillion",
            ["inject", "--catalog", Program.catalog, "-f", "-"],
            input: Array(deployment.utf8)
        )
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.text.hasPrefix("# kept\n"))
        #expect(first.text.contains("restartPolicy: Always"))
        #expect(first.text.hasSuffix("{\"kind\": \"Service\",   \"apiVersion\": \"v1\"}   # kept too\n"))
        let second = try Program.run(
            "pillion",
            ["inject", "--catalog", Program.catalog, "-f", "-"],
            input: first.output
        )
        #expect(second.output == first.output)
    }

    @Test("the patch that inject prints makes the document that inject prints")
    func patch() throws {
        let input = try JSONParser.parse(try Fixture.admissionReview("deployment-pod"))
        var pod = try #require(input["request"]?["object"]?.object)
        pod["metadata"] = ["name": "p", "annotations": ["pillion.dev/inject": "log-shipper"]]
        let bytes = JSONWriter.compact(.object(pod))
        let arguments = ["inject", "--catalog", Program.catalog, "-f", "-", "-o"]
        let patch = try JSONPatch(
            json: JSONParser.parse(try Program.run("pillion", arguments + ["patch"], input: bytes).output)
        )
        let injected = try JSONParser.parse(try Program.run("pillion", arguments + ["json"], input: bytes).output)
        #expect(try patch.applied(to: .object(pod)) == injected)
        #expect(!patch.operations.isEmpty)
    }

    @Test("a denied pod ends inject with 1, a reason on standard error, and nothing on standard output")
    func denied() throws {
        let text = deployment.replacing("log-shipper", with: "log-shiper")
        let result = try Program.run(
            "pillion",
            ["inject", "--catalog", Program.catalog, "-f", "-"],
            input: Array(text.utf8)
        )
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("did you mean log-shipper?"))
    }

    @Test(
        "bad input ends with 2 and its place, wrong usage with 64",
        arguments: [
            (["inject", "-f", "-"], "a: [", 2, "-:1:"), (["inject", "-f", "/nowhere"], "", 2, "/nowhere"),
            (["review", "-f", "-"], "{", 2, "malformed"), (["inject"], "", 64, "filename"),
            (["nonsense"], "", 64, "nonsense"),
            (["lint", "/nowhere"], "", 2, "/nowhere"), (["catalog", "show", "prxy"], "", 2, "did you mean proxy?"),
            (["webhook", "--tls-cert", "x"], "", 64, "--tls-key"),
        ]
    )
    func badInput(_ arguments: [String], _ input: String, _ status: Int32, _ text: String) throws {
        let result = try Program.run("pillion", arguments, input: Array(input.utf8))
        #expect(result.status == status)
        #expect(result.errors.contains(text), "\(result.errors)")
    }

    @Test(
        "a broken catalog ends every command with 2 and the place of the error",
        arguments: ["lint", "review", "inject", "webhook"]
    )
    func brokenCatalog(_ command: String) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("pillion-\(UUID().uuidString).yaml")
        try Data("apiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: x}\nspec: {verions: {}}\n".utf8).write(
            to: file
        )
        defer { try? FileManager.default.removeItem(at: file) }
        let arguments: [String] =
            switch command {
            case "lint": ["lint", file.path]
            case "webhook": ["webhook", "--catalog", file.path, "--listen", "127.0.0.1:0"]
            default: [command, "--catalog", file.path, "-f", "-"]
            }
        let result = try Program.run("pillion", arguments, input: Array("{}".utf8))
        #expect(result.status == (command == "lint" ? 1 : 2))
        #expect((result.errors + result.text).contains("\(file.path):4:8"), "\(result.errors)\(result.text)")
    }

    @Test("certs makes a pair once, renews it, and does not overwrite")
    func certificates() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pillion-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let create = ["certs", "create", "--directory", folder.path, "--dns", "a.example", "--ip", "::1"]
        #expect(try Program.run("pillion", create).status == 0)
        let key = try Data(contentsOf: folder.appendingPathComponent("tls.key"))
        #expect(try Program.run("pillion", create).status == 2)
        #expect(try Data(contentsOf: folder.appendingPathComponent("tls.key")) == key)
        #expect(try Program.run("pillion", ["certs", "renew", "--directory", folder.path]).status == 0)
        #expect(try Data(contentsOf: folder.appendingPathComponent("tls.key")) != key)
        let inspect = ["certs", "inspect", "\(folder.path)/tls.crt", "--key", "\(folder.path)/tls.key"]
        let shown = try Program.run("pillion", inspect)
        #expect(shown.status == 0)
        #expect(shown.text.contains("DNS a.example, IP ::1"))
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/ca.key")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("the manifests of an installation without Helm are complete and carry the catalog")
    func manifests() throws {
        let result = try Program.run("pillion", ["webhook", "--print-manifests", "--catalog", Program.catalog])
        #expect(result.status == 0, "\(result.errors)")
        for kind in ["Namespace", "ConfigMap", "Service", "Deployment", "MutatingWebhookConfiguration"] {
            #expect(result.text.contains("kind: \(kind)\n"))
        }
        #expect(result.text.contains("secretName: pillion-tls") && result.text.contains("log-shipper.yaml:"))
    }
}
