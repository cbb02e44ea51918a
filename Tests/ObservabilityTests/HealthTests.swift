import Testing

@testable import Observability

@Suite("Health checks")
struct HealthTests {
    @Test("an endpoint whose checks pass says ok, and names them when asked")
    func healthy() {
        let report = HealthChecks(name: "readyz", checks: [HealthCheck("catalog") { .ok }]).report()
        #expect(report.isHealthy)
        #expect(report.text(verbose: false) == "ok")
        #expect(report.text(verbose: true) == "[+]catalog ok\nreadyz check passed")
    }

    @Test("an endpoint without checks is healthy")
    func empty() {
        #expect(HealthChecks(name: "livez", checks: []).report().text(verbose: false) == "ok")
    }

    @Test("a failed check is named with its reason, also without being asked")
    func failed() {
        let checks = HealthChecks(
            name: "readyz",
            checks: [HealthCheck("catalog") { .ok }, HealthCheck("certificate") { .failed("expired") }]
        )
        #expect(!checks.report().isHealthy)
        #expect(checks.report().text(verbose: false) == "[-]certificate failed: expired\nreadyz check failed")
        #expect(checks.report().text(verbose: true).hasPrefix("[+]catalog ok\n[-]certificate"))
    }
}
