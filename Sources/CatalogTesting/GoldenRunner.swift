import Injection
public import JSON
public import Manifests
import Reports
public import SidecarCatalog

/// Tries cases against a catalog.
public struct GoldenRunner: Sendable {
    private let injector: PodInjector

    /// Makes a runner for a catalog.
    public init(catalog: Catalog) {
        injector = PodInjector(catalog: catalog)
    }

    /// What a case should give and gives.
    ///
    /// - Parameters:
    ///   - manifests: The documents of what goes in.
    ///   - options: The case's options.
    ///   - expected: The documents that have to come out; nil when the case has none.
    /// - Returns: What came out, and what is not as it should be.
    /// - Throws: Why the case cannot be tried.
    public func run(
        _ manifests: [ManifestDocument],
        options: GoldenOptions,
        expected: [JSONValue]?
    ) throws(GoldenError) -> GoldenResult {
        var documents: [JSONValue] = []
        var problems: [GoldenResult.Problem] = []
        for manifest in manifests {
            for template in PodTemplates.find(in: manifest.value, paths: options.templates) {
                var environment = options.environment
                if let namespace = template.namespace, !namespace.isEmpty { environment.namespace = namespace }
                // A pod knows its owner itself.
                if template.pointer != template.workload {
                    environment.workload = template.name.map { Workload(kind: template.kind, name: $0) }
                }
                let place = manifest.location(of: template.pointer).description
                let outcome = try decide(manifest.value[template.pointer] ?? .null, environment, place)
                documents.append(GoldenRecord.document(outcome, of: template))
                guard case .inject = outcome.decision else { continue }
                problems += try passes(over: outcome.pod, environment, place)
            }
        }
        guard !documents.isEmpty else {
            let reason = "there is no pod in it; a case needs at least one"
            throw GoldenError(code: .noPod, reason: reason, location: manifests.first?.file ?? "")
        }
        let record = GoldenRecord(documents: documents)
        if let difference = Self.difference(record, expected) { problems.insert(difference, at: 0) }
        return GoldenResult(record: record, problems: problems)
    }

    private static func difference(_ record: GoldenRecord, _ expected: [JSONValue]?) -> GoldenResult.Problem? {
        guard let expected else { return .missing }
        let wanted = GoldenRecord(documents: expected).text
        guard wanted != record.text else { return nil }
        let (old, new) = (Array(wanted.utf8), Array(record.text.utf8))
        return .different(UnifiedDiff.text(old, new, names: ("expected", "actual")))
    }

    private func decide(
        _ value: JSONValue,
        _ environment: PodEnvironment,
        _ place: String
    ) throws(GoldenError) -> InjectionOutcome {
        do throws(PodError) {
            return injector.decide(try Pod(json: value), in: environment)
        } catch {
            throw GoldenError(code: .notAPod, reason: error.reason, location: place)
        }
    }

    /// Another webhook's change brings the pod back, as it is and with the API server's defaults: nothing may be added.
    private func passes(
        over pod: JSONValue,
        _ environment: PodEnvironment,
        _ place: String
    ) throws(GoldenError) -> [GoldenResult.Problem] {
        var problems: [GoldenResult.Problem] = []
        let passes = [("a second pass", pod), ("a pass over the pod with defaults", PodDefaults.filled(pod))]
        for (name, value) in passes {
            let outcome = try decide(value, environment, place)
            if case .skip = outcome.decision { continue }
            let reason = outcome.decision.reason
            problems.append(.unstable("\(name): \(outcome.decision.name), \(reason.message) (\(reason.code.rawValue))"))
        }
        return problems
    }
}
