import Admission
import JSON
public import SidecarCatalog

/// The webhooks that change nothing: the guard behind all mutation, and the adviser of workloads.
extension AdmissionReviewer {
    /// Parts of a review that neither of them reads.
    private static let unreadByVerdicts = JSONOmission([
        JSONPointer(["request", "userInfo"]),
        JSONPointer(["request", "options"]),
        JSONPointer(["request", "oldObject", "spec"]),
        JSONPointer(["request", "oldObject", "status"]),
        JSONPointer(["request", "oldObject", "metadata", "managedFields"]),
        JSONPointer(["request", "object", "metadata", "managedFields"]),
    ])

    /// Answers a review as a validating webhook, behind all mutation: whether the pod has what it should have.
    ///
    /// - Parameters:
    ///   - body: JSON, as the API server sends it.
    ///   - date: The day, for the lifecycles of versions; nil where it does not matter.
    /// - Returns: The answer, without a patch.
    public func validate(_ body: [UInt8], on date: CalendarDate? = nil) -> ReviewOutcome {
        verdict(body) { (review) throws(AdmissionError) in
            let check = PodGuard(injector: injector, ownNamespace: settings.ownNamespace)
            let request = review.request
            if request.isPodUpdate {
                return (check.update(from: request.oldObject, to: request.object, in: request.namespace), nil)
            }
            guard request.isPodCreation else { return (.allow(Reason(.notPodCreate)), nil) }
            guard let object = request.object else {
                let (uid, version) = (request.uid, review.apiVersion)
                throw AdmissionError(.notAPod, "request.object is missing", uid: uid, apiVersion: version)
            }
            let pod = try pod(in: object, of: review)
            return (check.creation(of: pod, in: environment(of: request, pod: pod, on: date)), pod)
        }
    }

    /// Answers a review of a workload with what would happen to its pods, as warnings; it never denies.
    ///
    /// - Parameters:
    ///   - body: JSON, as the API server sends it.
    ///   - date: The day, for the lifecycles of versions; nil where it does not matter.
    /// - Returns: The answer, without a patch.
    public func advise(_ body: [UInt8], on date: CalendarDate? = nil) -> ReviewOutcome {
        verdict(body) { (review) throws(AdmissionError) in
            var environment = PodEnvironment(
                namespace: review.request.namespace,
                ownNamespace: settings.ownNamespace,
                clusterVersion: settings.clusterVersion,
                date: date
            )
            environment.workload = Workload(kind: review.request.kind, name: review.request.name)
            return (WorkloadAdviser(injector: injector).advice(on: review.request, in: environment), nil)
        }
    }

    private func verdict(
        _ body: [UInt8],
        _ judge: (AdmissionReview) throws(AdmissionError) -> (AdmissionVerdict, Pod?)
    ) -> ReviewOutcome {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONParser.parseReporting(
                body,
                valueLimit: Self.valueLimit,
                marksLimit: Self.marksLimit,
                omitting: Self.unreadByVerdicts
            ).value
        } catch {
            return malformed(AdmissionError(.notJSON, "the body is not JSON: \(error)"))
        }
        do throws(AdmissionError) {
            let review = try AdmissionReview(json: value)
            let (verdict, pod) = try judge(review)
            return answered(verdict, review, record(of: review.request, pod: pod))
        } catch {
            return malformed(error)
        }
    }

    private func answered(
        _ verdict: AdmissionVerdict,
        _ review: AdmissionReview,
        _ facts: DecisionRecord
    ) -> ReviewOutcome {
        var record = facts
        record.decision = verdict.decision
        record.reason = verdict.reason
        let warnings = InjectionOutcome.limited(verdict.warnings)
        record.warnings = warnings.map(\.code)
        var response = AdmissionResponse(uid: review.request.uid)
        if verdict.isDenial {
            let message = "\(verdict.reason.message) (\(verdict.reason.code.rawValue))"
            response.isAllowed = false
            response.status = .init(code: 403, reason: "Forbidden", message: Excerpt.cut(message, to: 2048))
        }
        response.warnings = warnings.map(\.text)
        response.auditAnnotations = auditAnnotations(record)
        return ReviewOutcome(.answered, body: response.text(apiVersion: review.apiVersion), record: record)
    }
}
