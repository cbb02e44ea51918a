import JSON

/// Makes a catalog of documents and says everything that is wrong with them.
///
/// Documents are of the kinds `Catalog` (at most one) and `Sidecar` of `pillion.dev/v1`, or a `List` of such. Empty
/// documents are passed over. Findings stand in the order of the documents.
public struct CatalogLoader {
    /// The API version of both kinds.
    public static let apiVersion = "pillion.dev/v1"

    private var catalogs: [CatalogDraft] = []
    private var sidecars: [SidecarDraft] = []
    private var places: [SidecarName: Int] = [:]
    private var diagnostics = Diagnostics()

    /// Checks documents and makes a catalog of them.
    ///
    /// - Parameter documents: All documents of the catalog, in the order of their files.
    /// - Returns: The catalog, or nil when a finding is an error; and the findings.
    public static func load(_ documents: [CatalogDocument]) -> (catalog: Catalog?, diagnostics: Diagnostics) {
        var loader = CatalogLoader()
        for document in documents.flatMap(\.items) {
            loader.read(document)
        }
        return loader.finish(documents)
    }

    private mutating func read(_ document: CatalogDocument) {
        guard !document.value.isNull else { return }
        var findings = DocumentFindings(document)
        switch kind(of: document, &findings) {
        case .catalog: readCatalog(document)
        case .sidecar: readSidecar(document)
        case nil: diagnostics.append(contentsOf: findings.diagnostics)
        }
    }

    private enum Kind: String, CaseIterable {
        case catalog = "Catalog"
        case sidecar = "Sidecar"
    }

    private func kind(of document: CatalogDocument, _ findings: inout DocumentFindings) -> Kind? {
        let names = Kind.allCases.map(\.rawValue)
        guard document.value.object != nil else {
            findings.error(
                .wrongType,
                "the document is no object",
                hint: Hint.list("expected", names),
                at: JSONPointer()
            )
            return nil
        }
        guard let name = document.value["kind"]?.string else {
            findings.error(
                .missingField,
                "the document has no 'kind'",
                hint: Hint.list("expected", names),
                at: JSONPointer()
            )
            return nil
        }
        let apiVersion = document.value["apiVersion"]?.string
        guard let kind = Kind(rawValue: name) else {
            let hint = Hint.choose(name, among: names, "expected")
            findings.error(.unknownKind, "a catalog holds no \(Quoted(name))", hint: hint, at: JSONPointer(["kind"]))
            return nil
        }
        guard apiVersion == Self.apiVersion else {
            let written = apiVersion.map { "is \(Quoted($0))" } ?? "is missing"
            let hint = "write 'apiVersion: \(Self.apiVersion)'"
            findings.error(
                .unsupportedAPIVersion,
                "the API version \(written)",
                hint: hint,
                at: JSONPointer(["apiVersion"])
            )
            return nil
        }
        return kind
    }

    private mutating func readCatalog(_ document: CatalogDocument) {
        var draft = CatalogBuilder.build(document)
        if let first = catalogs.first?.findings?.document {
            let place = "\(first.file):\(first.source.start)"
            draft.findings?.error(
                .duplicateCatalog,
                "there is a second Catalog",
                hint: "the first is at \(place); keep one",
                at: JSONPointer(["kind"])
            )
        }
        catalogs.append(draft)
    }

    private mutating func readSidecar(_ document: CatalogDocument) {
        var (draft, findings) = SidecarBuilder.build(document)
        guard let built = draft else {
            diagnostics.append(contentsOf: findings.diagnostics)
            return
        }
        guard let place = places[built.name], sidecars.indices.contains(place) else {
            places[built.name] = sidecars.count
            sidecars.append(built)
            return
        }
        let first = sidecars[place].findings.document
        draft = nil
        findings.error(
            .duplicateSidecar,
            "the sidecar '\(built.name)' is declared twice",
            hint:
                "the first is at \(first.file):\(first.source.start); versions of one sidecar belong into one document",
            at: JSONPointer(["metadata", "name"])
        )
        diagnostics.append(contentsOf: findings.diagnostics)
    }

    private mutating func finish(_ documents: [CatalogDocument]) -> (catalog: Catalog?, diagnostics: Diagnostics) {
        var assembler = CatalogAssembler(policy: catalogs.first ?? CatalogDraft(), sidecars: sidecars)
        let catalog = assembler.assemble()
        let drafts = [assembler.policy] + catalogs.dropFirst()
        var all = Diagnostics()
        if catalogs.isEmpty { all.append(Self.noCatalog(documents)) }
        for findings in drafts.compactMap(\.findings) + assembler.sidecars.map(\.findings) {
            all.append(contentsOf: findings.diagnostics)
        }
        all.append(contentsOf: diagnostics)
        let sorted = all.sorted(byFiles: documents.map(\.file))
        return (sorted.hasErrors ? nil : catalog, sorted)
    }

    private static func noCatalog(_ documents: [CatalogDocument]) -> Diagnostic {
        Diagnostic(
            severity: .warning,
            code: .noCatalog,
            message: "there is no document of kind Catalog, so the defaults hold",
            hint: "add one",
            file: documents.first?.file ?? "",
            position: documents.first?.source.start ?? SourcePosition(line: 1, column: 1, offset: 0),
            pointer: JSONPointer()
        )
    }
}

extension CatalogDocument {
    /// The documents in a `List`, nested ones included, or the document itself.
    package var items: [CatalogDocument] {
        guard value["kind"] == "List", let object = value.object, let index = object.index(of: "items"),
            case .array(let elements) = object[index].value, source.children.indices.contains(index)
        else { return [self] }
        return zip(elements, source.children[index].children)
            .flatMap { CatalogDocument(file: file, value: $0, source: $1).items }
    }
}
