import JSON

extension YAMLComposer {
    /// An error at the byte `offset`.
    func error(_ code: ManifestError.Code, _ reason: String, at offset: Int) -> ManifestError {
        let position = index.position(ofOffset: offset)
        return ManifestError(code: code, reason: reason, location: ManifestLocation(file: file, position: position))
    }

    /// The error of more nesting than the limit.
    func tooDeep(at offset: Int) -> ManifestError {
        error(.tooDeep, "more than \(limits.nesting) levels of nesting, aliases expanded", at: offset)
    }

    /// The error of a key that the mapping already has.
    func duplicate(_ name: String, at place: SourcePosition, earlier: SourcePosition) -> ManifestError {
        let reason =
            "the key '\(name.excerpt)' is given twice, first on line \(earlier.line) column \(earlier.column); remove one"
        return ManifestError(
            code: .duplicateKey,
            reason: reason,
            location: ManifestLocation(file: file, position: place)
        )
    }

    /// The error of a tag that Kubernetes' tools would silently ignore.
    func unknownTag(_ tag: String, at offset: Int) -> ManifestError {
        error(.unsupportedTag, "the tag \(Self.short(tag)) means nothing to Kubernetes; drop it", at: offset)
    }

    /// Refuses text with so many `%TAG` directives that libyaml would take hours.
    func checkTagDirectives() throws(ManifestError) {
        let directive = Array("%TAG".utf8)
        var count = 0
        for offset in bytes.indices where bytes[offset] == UInt8(ascii: "%") && bytes[offset...].starts(with: directive)
        {
            count += 1
            guard count <= ManifestLimits.tagDirectives else {
                let reason = "the file has more than \(ManifestLimits.tagDirectives) %TAG directives; remove them"
                throw error(.tooManyNodes, reason, at: offset)
            }
        }
    }

    /// A byte order mark that starts a line before the byte `offset`, which indents that line unseen.
    func strayByteOrderMark(before offset: Int) -> Int? {
        bytes.prefix(offset).indices.first { index in
            bytes[index] == 0x0A && bytes[(index + 1)...].starts(with: [0xEF, 0xBB, 0xBF])
        }.map { $0 + 1 }
    }

    /// A tag as it is usually written.
    static func short(_ tag: String) -> String {
        let prefix = "tag:yaml.org,2002:"
        return (tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag).excerpt
    }
}
