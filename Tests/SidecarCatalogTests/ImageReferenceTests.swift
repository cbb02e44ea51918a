@testable import SidecarCatalog
import Testing

@Suite("ImageReference")
struct ImageReferenceTests {
    private static let digest = "sha256:" + String(repeating: "a", count: 64)

    @Test(
        "references of registries are accepted",
        arguments: [
            "nginx", "nginx:1.27", "library/nginx", "docker.io/fluent/fluent-bit:5.1.1", "localhost/a",
            "localhost:5000/a/b:v1",
            "registry.example:443/team/a_b/c__d/e--f:1.2.3-rc.1", "a@\(digest)", "quay.io/a/b:v1@\(digest)",
        ]
    )
    func accepts(_ text: String) {
        #expect(ImageReference.isValid(text))
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", ":1", "a:", "A/b", "a/B", "a b", "a//b", "/a", "a/", "a:1:2", "a@sha256:abc", "a@md5:\(digest)",
            "a___b", "a..b/c", "a\n",
            "https://a/b", "-a", "a:-1", "host:99999/a", String(repeating: "a", count: 600),
        ]
    )
    func refuses(_ text: String) {
        #expect(!ImageReference.isValid(text))
    }
}
