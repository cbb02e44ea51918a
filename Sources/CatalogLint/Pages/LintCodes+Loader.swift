import SidecarCatalog

extension LintCodes {
    /// The pages of the codes that the loader gives, in the order of its checks.
    static let loaderPages =
        [unreadable] + documentsPages + shapePages + versionsPages + policyPages + parametersPages + containersPages

    /// The page of what keeps a file from being read at all.
    public static let unreadable = CodePage(
        "unreadable",
        .error,
        "A file that cannot be read",
        "The file is not there, may not be read, is larger than a catalog can be, or is neither YAML nor JSON: a tab, a "
            + "key twice, an alias that grows without end. Nothing else can be said until it is mended.",
        in: .documents,
        wrong:
            "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: acme}\nspec: {unknown: deny, unknown: warn}",
        right: "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: acme}\nspec: {unknown: warn}"
    )
}
