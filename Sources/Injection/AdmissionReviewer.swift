import Admission
import JSON
public import SidecarCatalog

/// The engine's one entry point: an AdmissionReview's bytes in, the answer's bytes out.
///
/// Pure and synchronous. The same bytes, catalog, settings and date give the same answer, whoever calls.
public struct AdmissionReviewer: Sendable {
    /// What differs between clusters.
    public struct Settings: Sendable {
        /// Pillion's own namespace, whose pods are never touched.
        public var ownNamespace: String?
        /// The cluster's version; nil is a cluster with native sidecars.
        public var clusterVersion: KubernetesVersion?

        /// Makes settings.
        public init(ownNamespace: String? = nil, clusterVersion: KubernetesVersion? = nil) {
            self.ownNamespace = ownNamespace
            self.clusterVersion = clusterVersion
        }
    }

    /// Parts of a review on which no decision depends and which can be long: they are checked as JSON and not kept.
    private static let unread = JSONOmission([
        JSONPointer(["request", "userInfo"]),
        JSONPointer(["request", "options"]),
        JSONPointer(["request", "oldObject"]),
        JSONPointer(["request", "object", "metadata", "managedFields"]),
        JSONPointer(["request", "object", "spec", "affinity"]),
        JSONPointer(["request", "object", "spec", "tolerations"]),
        JSONPointer(["request", "object", "spec", "topologySpreadConstraints"]),
        JSONPointer(["request", "object", "status"]),
    ])

    let injector: PodInjector
    let settings: Settings
    /// The catalog as audit annotations name it.
    private let catalogText: String

    /// How many values a review may have, without those that are not read.
    ///
    /// A body of 32 MiB may hold ten million empty arrays, which take over half a gigabyte. The API server lets an object
    /// have 3 MiB, and values of a pod take six bytes and more on average, by far.
    static let valueLimit = 500_000
    /// How many combining characters may follow one another in a string; no language needs ten.
    static let marksLimit = 128

    /// Makes a reviewer over one catalog.
    public init(catalog: Catalog, settings: Settings = Settings()) {
        self.injector = PodInjector(catalog: catalog)
        self.settings = settings
        self.catalogText = "\(catalog.name)@\(catalog.hash)"
    }

    /// Answers a review.
    ///
    /// - Parameters:
    ///   - body: JSON, as the API server sends it.
    ///   - date: The day, for the lifecycles of versions; nil where it does not matter.
    /// - Returns: The answer; for a body that cannot be answered an error in the same shape.
    public func review(_ body: [UInt8], on date: CalendarDate? = nil) -> ReviewOutcome {
        let parsed: JSONParser.Result
        do throws(JSONError) {
            parsed = try JSONParser.parseReporting(
                body,
                valueLimit: Self.valueLimit,
                marksLimit: Self.marksLimit,
                omitting: Self.unread
            )
        } catch {
            return malformed(AdmissionError(.notJSON, "the body is not JSON: \(error)"))
        }
        do throws(AdmissionError) {
            let review = try AdmissionReview(json: parsed.value)
            return try answer(review, on: date, duplicateKeys: parsed.duplicateKeys)
        } catch {
            return malformed(error)
        }
    }

    private func answer(
        _ review: AdmissionReview,
        on date: CalendarDate?,
        duplicateKeys: Int
    ) throws(AdmissionError) -> ReviewOutcome {
        let request = review.request
        guard request.isPodCreation else {
            let outcome = InjectionOutcome(.skip(Reason(.notPodCreate)), pod: .null)
            return answered(outcome, review, record: record(of: request, pod: nil), duplicateKeys: duplicateKeys)
        }
        guard let object = request.object else {
            throw AdmissionError(.notAPod, "request.object is missing", uid: request.uid, apiVersion: review.apiVersion)
        }
        let pod = try pod(in: object, of: review)
        let environment = environment(of: request, pod: pod, on: date)
        let outcome = injector.decide(pod, in: environment)
        return answered(outcome, review, record: record(of: request, pod: pod), duplicateKeys: duplicateKeys)
    }

    /// The pod in `object`.
    func pod(in object: JSONValue, of review: AdmissionReview) throws(AdmissionError) -> Pod {
        do throws(PodError) {
            return try Pod(json: object)
        } catch {
            throw AdmissionError(
                .notAPod,
                "request.object\(error.reason)",
                uid: review.request.uid,
                apiVersion: review.apiVersion
            )
        }
    }

    /// What is known about the pod of a request beside the pod.
    func environment(of request: AdmissionRequest, pod: Pod, on date: CalendarDate?) -> PodEnvironment {
        PodEnvironment(
            namespace: request.namespace.isEmpty ? pod.metadata["namespace"]?.string ?? "" : request.namespace,
            ownNamespace: settings.ownNamespace,
            clusterVersion: settings.clusterVersion,
            date: date
        )
    }

    private func answered(
        _ outcome: InjectionOutcome,
        _ review: AdmissionReview,
        record: DecisionRecord,
        duplicateKeys: Int
    ) -> ReviewOutcome {
        let reason = outcome.decision.reason
        var record = record
        record.decision = outcome.decision.name
        record.reason = reason
        record.injected = outcome.injected
        record.sidecars = outcome.injected.map { $0.name + "@" + $0.version }.joined(separator: ",")
        record.warnings = outcome.warnings.map(\.code) + (duplicateKeys > 0 ? [.duplicateKeys] : [])
        guard reason.code != .patchCheckFailed else {
            record.decision = "failed"
            return failure(.failed, 500, "InternalError", reason.message, review.request.uid, review.apiVersion, record)
        }
        var response = AdmissionResponse(uid: review.request.uid)
        response.patch = outcome.patch
        if case .deny(let reason) = outcome.decision {
            let message = "\(reason.message) (\(reason.code.rawValue))"
            response.isAllowed = false
            response.status = .init(code: 403, reason: "Forbidden", message: Excerpt.cut(message, to: 2048))
        }
        response.warnings = outcome.warnings.map(\.text)
        response.auditAnnotations = auditAnnotations(record)
        return ReviewOutcome(.answered, body: response.text(apiVersion: review.apiVersion), record: record)
    }

    /// The facts of a decision for the audit log.
    func auditAnnotations(_ record: DecisionRecord) -> [(key: String, value: String)] {
        var annotations = [
            (key: "decision", value: record.decision), (key: "reason", value: record.reason.code.rawValue),
        ]
        if !record.sidecars.isEmpty { annotations.append(("sidecars", Excerpt.cut(record.sidecars, to: 1024))) }
        annotations.append(("catalog", catalogText))
        return annotations
    }

    /// The facts of a request that are known before the decision.
    func record(of request: AdmissionRequest, pod: Pod?) -> DecisionRecord {
        var record = DecisionRecord()
        record.uid = Excerpt.cut(request.uid, to: 64)
        record.namespace = Excerpt.cut(request.namespace, to: 63)
        record.isDryRun = request.isDryRun
        let name = request.name.isEmpty ? pod?.metadata["generateName"]?.string ?? "" : request.name
        record.pod = Excerpt.cut(name, to: 253)
        let owner = pod?.metadata["ownerReferences"]?.array?.first { $0["controller"]?.bool ?? false }
        if let kind = owner?["kind"]?.string, let name = owner?["name"]?.string {
            record.owner = Excerpt.cut("\(kind)/\(name)", to: 300)
        }
        return record
    }

    /// The answer to what is no review that can be answered.
    func malformed(_ error: AdmissionError) -> ReviewOutcome {
        var record = DecisionRecord()
        record.uid = Excerpt.cut(error.uid ?? "", to: 64)
        record.decision = "malformed"
        record.reason = Reason(.malformed, error.reason)
        let apiVersion = error.apiVersion ?? AdmissionReview.apiVersions[0]
        return failure(.malformed, 400, "BadRequest", error.reason, error.uid ?? "", apiVersion, record)
    }

    private func failure(
        _ kind: ReviewOutcome.Kind,
        _ code: Int,
        _ reason: String,
        _ message: String,
        _ uid: String,
        _ apiVersion: String,
        _ record: DecisionRecord
    ) -> ReviewOutcome {
        var response = AdmissionResponse(uid: uid)
        response.isAllowed = false
        response.status = .init(code: code, reason: reason, message: Excerpt.cut(message, to: 2048))
        return ReviewOutcome(kind, body: response.text(apiVersion: apiVersion), record: record)
    }
}
