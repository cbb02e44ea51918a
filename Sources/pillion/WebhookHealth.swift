import AdmissionWebhook
import Observability
import ServerCore
import ServerTLS
import SidecarCatalog

/// What `/livez` and `/readyz` look at.
struct WebhookHealth {
    /// The process answers, that is all: nothing that a restart would not mend may fail here.
    let liveness: HealthChecks
    /// The server takes requests; a broken file on disk does not fail it, for the last good one is in use.
    let readiness: HealthChecks

    /// Makes the checks.
    init(state: ServerState, store: CatalogStore, certificates: any CertificateSource) {
        liveness = HealthChecks(name: "livez", checks: [HealthCheck("ping") { .ok }])
        readiness = HealthChecks(
            name: "readyz",
            checks: [
                HealthCheck("server") { state.isReady ? .ok : .failed("the server is \(state.phase)") },
                HealthCheck("certificate") {
                    let status = certificates.status
                    guard status.notAfter != 0 else { return .failed("there is no certificate yet") }
                    guard status.notAfter > CertificateReloader.systemTime() else {
                        return .failed("the certificate has expired")
                    }
                    return .ok
                },
                HealthCheck("catalog \(store.snapshot.catalog.name)") { .ok },
            ]
        )
    }
}
