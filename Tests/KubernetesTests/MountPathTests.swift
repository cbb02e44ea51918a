import Kubernetes
import Testing

@Suite("MountPath")
struct MountPathTests {
    @Test(
        "paths are cleaned as the kernel resolves them",
        arguments: [
            ("/a/b", "/a/b"), ("/a/b/", "/a/b"), ("//a//b", "/a/b"), ("/a/./b", "/a/b"), ("/a/../b", "/b"), ("/", "/"),
            ("/../..", "/"), ("a", "/a"), ("", "/"), ("/.a", "/.a"), ("/a/..b", "/a/..b"), ("/a/...", "/a/..."),
            ("/.", "/"), ("/a b/é", "/a b/é"),
            ("/a/../\u{301}b/", "/\u{301}b"), ("/a/./\u{301}", "/a/\u{301}"),
        ]
    )
    func cleans(_ path: String, _ expected: String) {
        #expect(MountPath.clean(path) == expected)
    }

    @Test(
        "paths below a volume are cleaned without a slash in front",
        arguments: [("", ""), (".", ""), ("a/", "a"), ("./a//b", "a/b"), ("a/./b", "a/b")]
    )
    func cleansSubPaths(_ path: String, _ expected: String) {
        #expect(MountPath.cleanSubPath(path) == expected)
    }

    @Test(
        "a path below a volume is relative and has no '..'",
        arguments: [
            ("", true), ("a/b", true), ("..a", true), ("a..b/c..", true), ("/a", false), ("..", false),
            ("a/../b", false),
            ("a/..", false),
        ]
    )
    func subPaths(_ path: String, _ expected: Bool) {
        #expect(MountPath.isSubPath(path) == expected)
    }
}
