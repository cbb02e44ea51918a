import SidecarCatalog
import Testing

@Suite("ImagePolicy")
struct ImagePolicyTests {
    private static let digest = "sha256:" + String(repeating: "a", count: 64)

    private func policy(_ images: String) throws -> ImagePolicy {
        try Loaded.catalog(Document.catalog("{images: \(images)}")).images
    }

    @Test(
        "an image is allowed when a pattern matches it, completed or as it is written",
        arguments: [
            ("docker.io/fluent/fluent-bit:5", true), ("fluent/fluent-bit:5", true), ("nginx", true),
            ("docker.io/library/nginx:1", true), ("fluentd", false), ("docker.io.evil.example/fluent/a", false),
            ("quay.io/fluent/fluent-bit", false), ("registry.example:5000/a/b", true), ("not an image", false),
        ]
    )
    func allowed(_ image: String, _ isAllowed: Bool) throws {
        let policy = try policy(
            "{allowed: [\"docker.io/fluent/*\", \"docker.io/library/nginx*\", \"registry.example:5000/*\"]}"
        )
        #expect((policy.violation(of: image) == nil) == isAllowed)
    }

    @Test(
        "tags are held to the rule of the catalog",
        arguments: [
            ("any", "a", true), ("any", "a:latest", true), ("no-latest", "a", false), ("no-latest", "a:latest", false),
            ("no-latest", "a:5", true), ("no-latest", "a@\(digest)", true), ("immutable", "a", false),
            ("immutable", "a:latest", false), ("immutable", "a:5", false), ("immutable", "a:5.1", false),
            ("immutable", "a:stable", false), ("immutable", "a:5.1.1", true), ("immutable", "a:v5.1.1-debian", true),
            ("immutable", "a:20270601", true), ("immutable", "a:2027-06-01", true), ("immutable", "a:3f2c1ab", true),
            ("immutable", "a:latest@\(digest)", true), ("digest", "a:5.1.1", false), ("digest", "a@\(digest)", true),
            ("immutable", "a:5.1.x", false), ("immutable", "a:deadbeefcafe", false),
        ]
    )
    func tags(_ rule: String, _ image: String, _ isAllowed: Bool) throws {
        #expect(try (policy("{tags: \(rule)}").violation(of: image) == nil) == isAllowed)
    }

    @Test(
        "the longest prefix is replaced",
        arguments: [
            ("docker.io/fluent/fluent-bit:5.1.1", "mirror.example/fluent/fluent-bit:5.1.1"),
            ("nginx:1@\(digest)", "mirror.example/hub/library/nginx:1@\(digest)"),
            ("quay.io/a/b", "quay.io/a/b"), ("not an image", "not an image"),
        ]
    )
    func rewrites(_ image: String, _ result: String) throws {
        let policy = try policy(
            "{rewrite: {\"docker.io/\": \"mirror.example/hub/\", \"docker.io/fluent/\": \"mirror.example/fluent/\"}}"
        )
        #expect(policy.rewritten(image) == result)
    }
}
