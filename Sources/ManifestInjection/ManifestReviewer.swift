public import Injection
import JSON
public import Manifests
public import SidecarCatalog

/// Answers what the API server would ask about the pods of manifests, with the server's own bytes.
public struct ManifestReviewer: Sendable {
    private let reviewer: AdmissionReviewer
    private let scope: WorkloadScope

    /// Makes a reviewer over one catalog.
    public init(catalog: Catalog, scope: WorkloadScope) {
        let settings = AdmissionReviewer.Settings(
            ownNamespace: scope.environment.ownNamespace,
            clusterVersion: scope.environment.clusterVersion
        )
        reviewer = AdmissionReviewer(catalog: catalog, settings: settings)
        self.scope = scope
    }

    /// The answer to a text that is one AdmissionReview in JSON; nil when it is anything else.
    ///
    /// The text goes to the engine as it is, so that the answer is the server's even where a manifest would be refused.
    public func answer(_ bytes: [UInt8]) -> ReviewOutcome? {
        let unread = JSONOmission([JSONPointer(["request"])])
        guard let value = try? JSONParser.parseReporting(bytes, omitting: unread).value, value.isAdmissionReview else {
            return nil
        }
        return reviewer.review(bytes, on: scope.environment.date)
    }

    /// The answers about every pod of a file; AdmissionReviews in it are answered as they are.
    ///
    /// - Throws: The place of a pod that is none.
    public func answers(_ file: ManifestFile, chosenBy filter: inout WorkloadFilter) throws(WorkloadError)
        -> [ReviewOutcome]
    {
        var outcomes: [ReviewOutcome] = []
        for document in file.documents {
            guard !document.value.isAdmissionReview else {
                let bytes =
                    document.format == .json ? Array(file.bytes[document.bytes]) : JSONWriter.compact(document.value)
                outcomes.append(reviewer.review(bytes, on: scope.environment.date))
                continue
            }
            for workload in ManifestWorkload.find(in: document, paths: scope.templates)
            where filter.chooses(workload) {
                outcomes.append(try answer(workload))
            }
        }
        return outcomes
    }

    private func answer(_ workload: ManifestWorkload) throws(WorkloadError) -> ReviewOutcome {
        let environment = workload.environment(from: scope.environment)
        var pullSecrets: [String] = []
        if case .known(let names) = environment.pullSecrets { pullSecrets = names }
        let review = PodReviewRequest.review(
            of: workload,
            pod: try workload.pod().json,
            namespace: environment.namespace,
            pullSecrets: pullSecrets
        )
        return reviewer.review(JSONWriter.compact(review), on: environment.date)
    }
}
