import JSON

/// Says what differs between two catalogs in the terms of catalogs: sidecars, versions, parameters, defaults, images.
///
/// The order of documents, members and named lists, comments, notation and metadata do not count.
public struct CatalogComparison {
    /// The differences: the policy first, then by sidecar and version.
    public private(set) var changes: [CatalogChange] = []

    /// Compares the documents of two catalogs.
    public init(old: [CatalogDocument], new: [CatalogDocument]) {
        let (old, new) = (Self.specs(old), Self.specs(new))
        for difference in TreeDifference.between(old.policy, new.policy) {
            add(.policyChanged, nil, nil, difference)
        }
        for name in Set(old.sidecars.keys).union(new.sidecars.keys).sorted() {
            compare(old.sidecars[name], new.sidecars[name], name)
        }
    }

    private static func specs(_ documents: [CatalogDocument]) -> (policy: JSONValue, sidecars: [String: JSONValue]) {
        var (policy, sidecars): (JSONValue, [String: JSONValue]) = ([:], [:])
        for document in documents.flatMap(\.items) {
            let spec = document.value["spec"] ?? [:]
            if document.value["kind"] == "Catalog" {
                policy = spec
            } else if let name = document.value["metadata"]?["name"]?.string {
                sidecars[name] = spec
            }
        }
        return (policy, sidecars)
    }

    private mutating func add(
        _ kind: CatalogChange.Kind,
        _ sidecar: String?,
        _ version: String?,
        _ difference: TreeDifference
    ) {
        changes.append(
            CatalogChange(
                kind: kind,
                sidecar: sidecar,
                version: version,
                path: difference.path,
                old: difference.old,
                new: difference.new
            )
        )
    }

    /// A sidecar that is there once or twice.
    private mutating func compare(_ old: JSONValue?, _ new: JSONValue?, _ name: String) {
        let whole = TreeDifference(path: JSONPointer(), old: nil, new: nil)
        guard let old else { return add(.sidecarAdded, name, nil, whole) }
        guard let new else { return add(.sidecarRemoved, name, nil, whole) }
        for difference in TreeDifference.between(Self.without("versions", old), Self.without("versions", new)) {
            add(difference.path.tokens.first == "channels" ? .channelChanged : .sidecarChanged, name, nil, difference)
        }
        let (oldVersions, newVersions) = (old["versions"]?.object, new["versions"]?.object)
        for version in Self.sorted((oldVersions?.keys ?? []) + (newVersions?.keys ?? [])) {
            guard let before = oldVersions?[version] else {
                add(.versionAdded, name, version, whole)
                continue
            }
            guard let after = newVersions?[version] else {
                add(.versionRemoved, name, version, whole)
                continue
            }
            for difference in TreeDifference.between(before, after) {
                add(Self.kind(difference), name, version, difference)
            }
        }
    }

    private static func without(_ member: String, _ value: JSONValue) -> JSONValue {
        .object(value.object?.without([member]) ?? JSONObject())
    }

    /// Versions in ascending order, each once; what is no version comes last.
    private static func sorted(_ versions: [String]) -> [String] {
        Set(versions).sorted { left, right in
            guard let first = SemanticVersion(left), let second = SemanticVersion(right), first != second else {
                return left < right
            }
            return first < second
        }
    }

    private static func kind(_ difference: TreeDifference) -> CatalogChange.Kind {
        let tokens = difference.path.tokens
        if tokens.first == "parameters", tokens.count >= 2 {
            if tokens.count == 2, difference.old == nil { return .parameterAdded }
            if tokens.count == 2, difference.new == nil { return .parameterRemoved }
            return tokens.count == 3 && tokens[2] == "default" ? .defaultChanged : .parameterChanged
        }
        let isImage =
            tokens == ["container", "image"] || tokens.count == 3 && tokens[0] == "setup" && tokens[2] == "image"
        return isImage ? .imageChanged : .versionChanged
    }
}
