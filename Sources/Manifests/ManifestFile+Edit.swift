import JSON

extension ManifestFile {
    /// The file's text with some documents changed.
    ///
    /// Only the places that change are written: every other byte stays, comments, quoting, anchors, line ends and
    /// separators included. The result is read again; a document that does not say what it should (because the change
    /// lies behind an alias, for instance) is written anew instead, and reported.
    ///
    /// - Parameter edits: At most one edit a document; of several the last one counts.
    /// - Returns: The new text, and which documents could not be edited in place.
    public func applying(_ edits: [DocumentEdit]) -> EditedManifest {
        guard let first = documents.first else { return EditedManifest(bytes: bytes, rewrites: []) }
        var values: [Int: JSONValue] = [:]
        for edit in edits {
            values[edit.index] = edit.value
        }
        // A byte order mark belongs to no document.
        var output = Array(bytes[..<first.bytes.lowerBound])
        var rewrites: [EditedManifest.Rewrite] = []
        for document in documents {
            guard let value = values[document.index] else {
                output += bytes[document.bytes]
                continue
            }
            do throws(DocumentEditor.Refusal) {
                output += try edited(document, to: value)
            } catch {
                rewrites.append(EditedManifest.Rewrite(index: document.index, reason: error.reason))
                output += rewritten(document, to: value)
            }
        }
        return EditedManifest(bytes: output, rewrites: rewrites)
    }

    /// The document's text with the places changed that differ.
    private func edited(_ document: ManifestDocument, to value: JSONValue) throws(DocumentEditor.Refusal) -> [UInt8] {
        var layout = TextLayout(of: document, in: bytes)
        var meetsAlias = false
        // A comment below a literal block can become part of it, and so can the end of a text without a line break.
        for usesLiterals in [true, false] {
            layout.usesLiterals = usesLiterals
            var editor = DocumentEditor(bytes: bytes, document: document, layout: layout)
            try editor.edit(to: value)
            if let text = editor.text, says(text, value) {
                return text
            }
            meetsAlias = editor.meetsAlias
        }
        guard meetsAlias else { throw .shape }
        throw DocumentEditor.Refusal(reason: "the change lies behind an alias, whose anchor others use as well")
    }

    /// Whether a document's text is read as `value`.
    private func says(_ text: [UInt8], _ value: JSONValue) -> Bool {
        guard let documents = try? ManifestReader.documents(in: text, file: name), documents.count == 1 else {
            return false
        }
        return documents.first?.value == value
    }
}
