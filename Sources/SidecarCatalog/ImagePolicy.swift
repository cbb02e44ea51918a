import Kubernetes

/// Which images sidecars may have, and from where they are pulled.
///
/// Everything is about the image as the catalog and the pod's parameters name it, completed as container runtimes do
/// (`nginx` is `docker.io/library/nginx`). Rewriting comes last: it changes where an image is pulled from and decides
/// nothing.
public struct ImagePolicy: Sendable {
    /// What a tag has to be.
    public enum Tags: String, Sendable, CaseIterable {
        /// Anything, even missing.
        case any
        /// There, and not `latest`, unless there is a digest.
        case noLatest = "no-latest"
        /// One that names a full version, a date or a commit, unless there is a digest.
        case immutable
        /// A digest has to be there.
        case digest
    }

    /// A prefix that is replaced.
    public struct Rewrite: Sendable, Equatable {
        /// What an image begins with, such as `docker.io/`.
        public let prefix: String
        /// What it begins with then, such as `registry.acme.example/mirror/`.
        public let replacement: String
    }

    /// What is wrong with an image.
    public enum Violation: Sendable, Equatable {
        /// No pattern of the catalog matches it.
        case notAllowed
        /// Its tag is not as the catalog wants it.
        case tag(Tags)

        /// What is wrong, as a phrase behind the image.
        public var message: String {
            switch self {
            case .notAllowed: "is none of the images that the catalog allows"
            case .tag(.any): "has a tag that is not allowed"
            case .tag(.noLatest): "has no tag, or the tag 'latest'"
            case .tag(.immutable): "has no digest and no tag of a full version, a date or a commit"
            case .tag(.digest): "has no digest"
            }
        }
    }

    /// Patterns of the images that are allowed; nil when all are.
    public let allowed: GlobList?
    /// What a tag has to be.
    public let tags: Tags
    /// The prefixes that are replaced, longer ones first.
    public let rewrites: [Rewrite]

    /// A policy that allows all images and changes none.
    public static let unrestricted = ImagePolicy(allowed: nil, tags: .any, rewrites: [])

    /// Whether the policy allows all images and changes none.
    public var isUnrestricted: Bool { allowed == nil && tags == .any && rewrites.isEmpty }

    /// What is wrong with an image; nil when it is allowed.
    ///
    /// What is no image reference is not allowed where anything is restricted.
    public func violation(of image: String) -> Violation? {
        guard allowed != nil || tags != .any else { return nil }
        guard let reference = ImageReference(image) else { return .notAllowed }
        if let allowed, !allowed.matches(reference.normalized), !allowed.matches(image) { return .notAllowed }
        return isAcceptable(reference) ? nil : .tag(tags)
    }

    /// The image to pull instead; the image itself when no prefix fits.
    public func rewritten(_ image: String) -> String {
        guard !rewrites.isEmpty, let normalized = ImageReference(image)?.normalized else { return image }
        guard let rewrite = rewrites.first(where: { normalized.hasPrefix($0.prefix) }) else { return image }
        return rewrite.replacement + normalized.dropFirst(rewrite.prefix.count)
    }

    private func isAcceptable(_ image: ImageReference) -> Bool {
        guard tags != .any, image.digest == nil else { return true }
        return switch tags {
        case .any: true
        case .noLatest: image.tag != nil && image.tag != "latest"
        case .immutable: image.tag.map(Self.isImmutable) ?? false
        case .digest: false
        }
    }

    /// Whether a tag names one build by custom: it begins with three numbers, a date, or is a commit.
    private static func isImmutable(_ tag: String) -> Bool {
        let plain = tag.first == "v" ? tag.dropFirst() : tag[...]
        let numbers = plain.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        if numbers.count == 3, numbers[0].utf8.allSatisfy(\.isDigit), numbers[1].utf8.allSatisfy(\.isDigit),
            !numbers[0].isEmpty, !numbers[1].isEmpty, numbers[2].utf8.first?.isDigit == true
        {
            return true
        }
        if plain.utf8.prefix(while: \.isDigit).count >= 8 { return true }
        let digits = plain.split(separator: "-", maxSplits: 3).prefix(3).map(\.utf8.count)
        if digits == [4, 2, 2], plain.utf8.prefix(10).allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "-") }) {
            return true
        }
        return (7...40).contains(tag.utf8.count)
            && tag.utf8.allSatisfy { $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
            && tag.utf8.contains(where: \.isDigit)
    }
}
