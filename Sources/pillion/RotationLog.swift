import CertificateRotation
import KubernetesAPI
import Logging
import Synchronization

/// Writes what happens to rotated certificates; a trouble that lasts is written once.
final class RotationLog: Sendable {
    private let logger: Logger
    /// The troubles that were written since something last went well.
    private let known = Mutex<Set<String>>([])
    /// More different troubles than this are written again.
    private static let limit = 64

    /// Writes to `logger`.
    init(_ logger: Logger) {
        self.logger = logger
    }

    /// Writes an event.
    func write(_ event: RotationEvent) {
        switch event {
        case .changed(let change):
            good("certificates changed", ["change": "\(change.rawValue)"])
        case .overtaken:
            logger.debug("another replica was faster")
        case .serving(let fingerprint, let notAfter):
            good("certificate", ["result": "loaded", "sha256": "\(fingerprint)", "not_after": "\(notAfter)"])
        case .published(let object):
            good("authorities published", ["object": "\(object)"])
        case .unpublished(let object, let reason):
            trouble(.warning, "authorities not published", "\(object) \(reason)")
        case .failed(let error):
            // Of no use to a reader: the end of the program.
            guard error.code != .cancelled else { return }
            trouble(.error, "certificate rotation", "\(error)", key: "\(error.code) \(error.location ?? "")")
        case .unusable(let error):
            trouble(.error, "certificate rotation", "\(error)")
        case .clockBehind:
            trouble(.error, "certificate rotation", "the shared authority begins in the future; check the clocks")
        }
    }

    private func good(_ message: Logger.Message, _ metadata: Logger.Metadata) {
        known.withLock { $0.removeAll() }
        logger.notice(message, metadata: metadata)
    }

    private func trouble(_ level: Logger.Level, _ message: Logger.Message, _ detail: String, key: String? = nil) {
        let isNews = known.withLock { known in
            if known.count >= Self.limit { known.removeAll() }
            return known.insert(key ?? detail).inserted
        }
        logger.log(level: isNews ? level : .debug, message, metadata: ["detail": "\(detail)"])
    }
}
