import SidecarCatalog

/// The images that the versions of a sidecar can have, as pods get them: rewritten by the catalog's image policy.
///
/// | the version's image | approved |
/// |---|---|
/// | constant, or with parameters that take one of a list | exactly these |
/// | with another parameter in it | what begins like it, up to the parameter |
/// | a parameter as a whole | what the catalog's `images.allowed` begins with; anything when that is absent |
struct ApprovedImages {
    /// Exact images, and beginnings followed by `*`, in the order of the versions.
    let patterns: [String]

    /// Collects the images of all versions.
    init(of sidecar: Sidecar, policy: ImagePolicy) {
        var seen: Set<String> = []
        patterns = sidecar.versions.flatMap { version in
            version.container.patterns(of: "image") { reference in
                guard case .parameter(let name) = reference else { return nil }
                return version.parameter(name)?.listedValues
            }
        }
        .flatMap { Self.approved($0, policy) }
        .filter { seen.insert($0).inserted }
    }

    /// Whether some patterns are beginnings.
    var hasBeginnings: Bool { patterns.contains { $0.hasSuffix("*") } }

    private static func approved(_ pattern: String, _ policy: ImagePolicy) -> [String] {
        guard let star = pattern.firstIndex(of: "*") else { return [policy.rewritten(pattern)] }
        let beginning = String(pattern[..<star])
        guard beginning.isEmpty else { return [rewritten(beginning, policy)] }
        return policy.allowed?.patterns.flatMap { Self.spellings($0) }.map { glob in
            let end = glob.firstIndex(of: "*") ?? glob.endIndex
            return end == glob.endIndex ? policy.rewritten(glob) : rewritten(String(glob[..<end]), policy)
        } ?? ["*"]
    }

    /// A beginning under the rewrite that is sure to meet all that begins so; `*` where that cannot be told.
    private static func rewritten(_ beginning: String, _ policy: ImagePolicy) -> String {
        guard !policy.rewrites.isEmpty else { return beginning + "*" }
        // A longer rewrite may meet some of what begins so; without a host, a container runtime completes the name.
        let isSettled = !policy.rewrites.contains { $0.prefix != beginning && $0.prefix.hasPrefix(beginning) }
        guard isSettled, beginning.prefix(while: { $0 != "/" }).contains(".") else { return "*" }
        guard let rewrite = policy.rewrites.first(where: { beginning.hasPrefix($0.prefix) }) else {
            return beginning + "*"
        }
        return rewrite.replacement + beginning.dropFirst(rewrite.prefix.count) + "*"
    }

    /// A pattern as container runtimes complete it, and as people write it.
    private static func spellings(_ pattern: String) -> [String] {
        ["", "docker.io/", "docker.io/library/"].compactMap { prefix in
            pattern.hasPrefix(prefix) ? String(pattern.dropFirst(prefix.count)) : nil
        }
    }
}
