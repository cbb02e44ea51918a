import Injection
import ServerCore
import ServerHTTP
import Settings

/// Everything that `pillion webhook` takes by flag, environment and file, with the value in use.
///
/// A check compares the list with the command's help, so that none is forgotten.
enum WebhookSettings {
    /// One setting and how its value in use is read.
    struct Entry: Sendable {
        /// The setting.
        let setting: Setting
        /// The value in use as words; empty for a setting without one.
        let values: @Sendable (WebhookCommand) -> [String]
    }

    /// The settings.
    static let all: [Entry] = server + selfSigned + limits + engine + observability

    private static let server = [
        one("listen") { "\($0.server.listen)" },
        one("ops-listen") { "\($0.server.opsListen)" },
        one("catalog") { try? $0.catalog.path() },
        one("tls-cert") { $0.server.tlsCert },
        one("tls-key") { $0.server.tlsKey },
        one("client-ca") { $0.server.clientCa },
        Entry(setting: Setting("client-name", isList: true)) { $0.server.clientName },
        one("client-crl") { $0.server.clientCrl },
        one("threads") { "\($0.server.threads)" },
        one("grace-period") { $0.server.gracePeriod.text },
        one("quiet-period") { $0.server.quietPeriod.text },
        one("port-file") { $0.server.portFile },
    ]

    private static let selfSigned = [
        Entry(setting: Setting("self-signed", isSwitch: true)) { [$0.selfSigned.selfSigned ? "true" : "false"] },
        one("self-signed-secret") { $0.selfSigned.selfSignedSecret },
        one("self-signed-service") { $0.selfSigned.selfSignedService },
        Entry(setting: Setting("self-signed-webhook", isList: true)) { $0.selfSigned.selfSignedWebhook },
        Entry(setting: Setting("self-signed-dns", isList: true)) { $0.selfSigned.selfSignedDns },
        one("self-signed-ca-validity") { "\($0.selfSigned.selfSignedCaValidity)" },
        one("self-signed-validity") { "\($0.selfSigned.selfSignedValidity)" },
        one("self-signed-grace") { "\($0.selfSigned.selfSignedGrace)" },
        one("service-account") { $0.selfSigned.serviceAccount },
    ]

    private static let limits = [
        one("max-connections") { "\($0.limits.connections().total)" },
        one("max-connections-per-source") { "\($0.limits.maxConnectionsPerSource)" },
        one("max-header-bytes") { "\($0.limits.maxHeaderBytes)" },
        one("max-header-fields") { "\($0.limits.maxHeaderFields)" },
        one("max-body-bytes") { "\($0.limits.http().bodyBytes)" },
        one("max-in-flight-bytes") { "\($0.limits.budget().limit)" },
        one("max-queued-reviews") { "\($0.limits.maxQueuedReviews)" },
        one("overload-delay") { $0.limits.overloadDelay.text },
        one("handshake-timeout") { $0.limits.handshakeTimeout.text },
        one("header-timeout") { $0.limits.headerTimeout.text },
        one("body-timeout") { $0.limits.bodyTimeout.text },
        one("request-timeout") { $0.limits.requestTimeout.text },
        one("idle-timeout") { $0.limits.idleTimeout.text },
    ]

    private static let engine = [
        one("cluster-version") { $0.engine.clusterVersion.map { "\($0)" } },
        one("own-namespace") { $0.engine.settings.ownNamespace },
    ]

    private static let observability = [
        one("otlp-endpoint") { $0.tracing.otlpEndpoint?.text },
        one("otlp-ca") { $0.tracing.otlpCa },
        one("trace-share") { "\($0.tracing.traceShare)" },
        one("log-level") { $0.logLevel.rawValue },
        one("log-format") { $0.logFormat?.rawValue },
    ]

    private static func one(_ name: String, _ value: @escaping @Sendable (WebhookCommand) -> String?) -> Entry {
        Entry(setting: Setting(name)) { value($0).map { [$0] } ?? [] }
    }

    /// The values in use and where each comes from, as a configuration file.
    static func text(of command: WebhookCommand, _ resolution: SettingsResolution) -> String {
        all.map { entry in
            let values = entry.values(command)
            let name = entry.setting.name
            guard !values.isEmpty else { return "# \(name) is not set\n" }
            let value = entry.setting.isList ? "[\(values.map(quoted).joined(separator: ", "))]" : quoted(values[0])
            return "\(name): \(value)  # \(resolution.source(of: name))\n"
        }.joined()
    }

    /// A value as YAML: a whole number bare, anything else quoted.
    private static func quoted(_ text: String) -> String {
        guard text.isEmpty || !text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return text }
        let escaped = text.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }
}
