import Injection
public import Logging

/// Writes one line a decision: who, what, why; never a part of the pod that may hold a secret.
public struct DecisionLog: Sendable {
    private let logger: Logger

    /// Makes a log.
    public init(logger: Logger) {
        self.logger = logger
    }

    /// Writes the line of a decision.
    func write(_ record: DecisionRecord, after time: Duration) {
        guard logger.logLevel <= .info else { return }
        let (seconds, attoseconds) = time.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        var metadata: Logger.Metadata = [
            "uid": .string(record.uid), "decision": .string(record.decision),
            "reason": .string(record.reason.code.rawValue), "duration_us": .string(String(microseconds)),
        ]
        func add(_ key: String, _ value: String) {
            if !value.isEmpty { metadata[key] = .string(value) }
        }
        add("namespace", record.namespace)
        add("pod", record.pod)
        add("owner", record.owner)
        add("sidecars", record.injected.map { "\($0.name)@\($0.version)" }.joined(separator: ","))
        add("warnings", record.warnings.map(\.rawValue).joined(separator: ","))
        if record.decision != "inject" { add("detail", record.reason.message) }
        if record.isDryRun { metadata["dry_run"] = "true" }
        logger.info("admission", metadata: metadata)
    }
}
