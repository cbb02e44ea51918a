import AdmissionWebhook
import ArgumentParser
import SidecarCatalog

/// The catalog that a command works with.
struct CatalogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The catalog: a file, a folder or a ConfigMap mount. Default: $PILLION_CATALOG, else the shipped one.",
            valueName: "path"
        ),
        completion: .file()
    )
    var catalog: String?

    /// The path of the catalog.
    ///
    /// - Throws: A failure when none is named and none is shipped.
    func path() throws -> String {
        if let catalog { return catalog }
        if let variable = Environment["PILLION_CATALOG"], !variable.isEmpty { return variable }
        guard let shipped = ShippedCatalog.path else {
            throw CommandFailure("no catalog: name one with --catalog PATH or PILLION_CATALOG")
        }
        return shipped
    }

    /// The catalog, read and checked.
    ///
    /// - Throws: A failure with every error and its place.
    func load() throws -> Catalog {
        try loadStamped().catalog
    }

    /// The catalog, read and checked, with what its files were then.
    ///
    /// - Throws: A failure with every error and its place.
    func loadStamped() throws -> (catalog: Catalog, stamp: CatalogStamp?) {
        let path = try path()
        let reading = CatalogReader.read(path)
        guard let catalog = reading.catalog else {
            throw CommandFailure("the catalog \(path) cannot be used\n\(reading.problems)")
        }
        return (catalog, reading.stamp)
    }
}
