import JSON

/// Reads `images` of the catalog.
struct ImagePolicyBuilder {
    /// The declaration; nil when there is none.
    let value: JSONValue?
    /// Where it stands.
    let pointer: JSONPointer

    /// The policy; everything that is wrong with it is reported.
    func build(_ findings: inout DocumentFindings) -> ImagePolicy {
        let place = pointer.appending("allowed")
        return ImagePolicy(
            allowed: GlobListBuilder(subject: .images).build(value?["allowed"], at: place, &findings),
            tags: value?["tags"]?.string.flatMap(ImagePolicy.Tags.init) ?? .any,
            rewrites: rewrites(&findings)
        )
    }

    private func rewrites(_ findings: inout DocumentFindings) -> [ImagePolicy.Rewrite] {
        var rewrites: [ImagePolicy.Rewrite] = []
        for member in value?["rewrite"]?.object?.members ?? [] {
            guard let replacement = member.value.string else { continue }
            let place = pointer.appending("rewrite").appending(member.key)
            check(member.key, replacement, at: place, &findings)
            rewrites.append(ImagePolicy.Rewrite(prefix: member.key, replacement: replacement))
        }
        return rewrites.sorted { left, right in
            (right.prefix.utf8.count, left.prefix) < (left.prefix.utf8.count, right.prefix)
        }
    }

    /// A prefix that ends within a name would rewrite `docker.io.evil.example` as well, so both end with `/`.
    private func check(
        _ prefix: String,
        _ replacement: String,
        at place: JSONPointer,
        _ findings: inout DocumentFindings
    ) {
        if !isPrefix(prefix) {
            let hint = "write a host or a path that ends with '/', such as docker.io/"
            findings.nameError(.invalidValue, "\(Quoted(prefix)) begins no image", hint: hint, at: place)
        }
        if !isPrefix(replacement) {
            let hint = "write a host or a path that ends with '/', such as registry.example/mirror/"
            findings.error(.invalidValue, "\(Quoted(replacement)) begins no image", hint: hint, at: place)
        }
    }

    private func isPrefix(_ text: String) -> Bool {
        let image = "\(text)team/image"
        return text.utf8.last == UInt8(ascii: "/") && ImageReference(image)?.normalized == image
    }
}
