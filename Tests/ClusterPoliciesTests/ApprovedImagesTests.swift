import SidecarCatalog
import Testing

@testable import ClusterPolicies

@Suite("Approved images")
struct ApprovedImagesTests {
    private func patterns(_ spec: String, _ policy: String = "{}") throws -> [String] {
        let catalog = try Sample.catalog(policy, [("a", spec)])
        return ApprovedImages(of: try #require(catalog.sidecars.first), policy: catalog.images).patterns
    }

    @Test("the images of all versions, each once")
    func versions() throws {
        let spec =
            "{versions: {1.0.0: {container: {image: r/a}}, 1.1.0: {container: {image: r/a}}, 2.0.0: {container: {image: r/b}}}}"
        #expect(try patterns(spec) == ["r/a", "r/b"])
    }

    @Test(
        "parameters in an image are what they can be",
        arguments: [
            (
                "{p: {type: enum, values: [slim, full], default: slim}}",
                "r.io/a-$(params.p):1", ["r.io/a-slim:1", "r.io/a-full:1"]
            ),
            ("{p: {type: string, default: x}}", "r.io/a:$(params.p)-b", ["r.io/a:*"]),
            ("{p: {type: image, default: r.io/a:1.0.0}}", "$(params.p)", ["*"]),
        ]
    )
    func parameters(parameters: String, image: String, expected: [String]) throws {
        #expect(try patterns(Sample.sidecar(image: image, "parameters: \(parameters),")) == expected)
    }

    @Test("an image that a parameter names is one of those that the catalog allows")
    func allowed() throws {
        let spec = Sample.sidecar(image: "$(params.p)", "parameters: {p: {type: image, default: r.io/a:1.0.0}},")
        let policy = "{images: {allowed: [\"r.io/*\", \"docker.io/fluent/*\"]}}"
        #expect(try patterns(spec, policy) == ["r.io/*", "docker.io/fluent/*", "fluent/*"])
    }

    @Test("images are those after rewriting")
    func rewritten() throws {
        let policy = "{images: {rewrite: {\"docker.io/\": \"mirror.io/hub/\"}}}"
        #expect(try patterns(Sample.sidecar(image: "fluent/a:1"), policy) == ["mirror.io/hub/fluent/a:1"])
        let string = "parameters: {p: {type: string, default: x}},"
        #expect(
            try patterns(Sample.sidecar(image: "docker.io/a/b:$(params.p)", string), policy) == ["mirror.io/hub/a/b:*"]
        )
        #expect(try patterns(Sample.sidecar(image: "r.io/a:$(params.p)", string), policy) == ["r.io/a:*"])
        #expect(try patterns(Sample.sidecar(image: "a/b:$(params.p)", string), policy) == ["*"])
    }
}
