import AdmissionWebhook
import Logging

/// Logs what became of a look at the catalog's files.
enum CatalogLog {
    /// Writes one line.
    static func write(_ outcome: CatalogReloader.Outcome, hash: String, to logger: Logger) {
        switch outcome {
        case .unchanged:
            logger.notice("catalog", metadata: ["result": "unchanged", "hash": "\(hash)"])
        case .installed:
            logger.notice("catalog", metadata: ["result": "installed", "hash": "\(hash)"])
        case .failed(let problems):
            logger.error("catalog", metadata: ["result": "failed", "hash": "\(hash)", "detail": "\(problems)"])
        }
    }
}
