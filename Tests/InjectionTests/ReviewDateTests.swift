import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("AdmissionReviewer: the date")
struct ReviewDateTests {
    private func warnings(on date: String?) throws -> [InjectionWarning.Code] {
        let reviewer = AdmissionReviewer(catalog: try TestCatalog.policy())
        let body: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": [
                "uid": "u", "operation": "CREATE", "namespace": "shop",
                "kind": ["group": "", "version": "v1", "kind": "Pod"],
                "resource": ["group": "", "version": "v1", "resource": "pods"],
                "object": TestPod.asking("logs"),
            ],
        ]
        return reviewer.review(Array(body.compactText.utf8), on: date.flatMap { CalendarDate($0) }).record.warnings
    }

    @Test(
        "the same review on another day is answered with another warning",
        arguments: [
            ("2027-06-01", []), ("2027-06-02", [InjectionWarning.Code.deprecatedVersion]),
            ("2027-12-02", [.sunsetVersion]),
        ]
    )
    func days(_ date: String, _ expected: [InjectionWarning.Code]) throws {
        #expect(try warnings(on: date) == expected)
    }

    @Test("without a day every version is current")
    func unknown() throws {
        #expect(try warnings(on: nil) == [])
    }
}
