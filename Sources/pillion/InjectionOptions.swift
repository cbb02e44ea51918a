import ArgumentParser
import Injection
import ManifestInjection
import Manifests

/// What is injected, and as what: the same for every command that injects files.
struct InjectionOptions: ParsableArguments {
    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var engine: EngineOptions
    @OptionGroup var date: DateOption
    @OptionGroup var manifests: ManifestOptions
    @OptionGroup var selection: SelectionOptions

    /// What is known about the pods, and where they lie.
    var scope: WorkloadScope {
        get throws {
            WorkloadScope(
                environment: manifests.environment(engine: engine, date: date),
                templates: try manifests.templates.paths
            )
        }
    }

    /// Calls `body` with every file with its sidecars, one after the other; what happened goes to standard error.
    ///
    /// - Returns: Whether a pod is denied.
    func forEachFile(_ body: (InjectedFile) throws -> Void) throws -> Bool {
        let injector = ManifestInjector(injector: PodInjector(catalog: try catalog.load()), scope: try scope)
        var filter = selection.filter
        let run = ManifestRun(manifests.paths)
        let isDenied = try run.forEachFile({ try injector.inject($0, chosenBy: &filter) }, body)
        try ManifestRun.checkChoice(filter)
        return isDenied
    }
}
