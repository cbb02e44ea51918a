import ArgumentParser
import HTTPClient
import NIOCore
import NIOPosix
import OpenSSL
import Tracing

/// Where the spans of requests go.
struct TracingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A collector of OpenTelemetry, such as http://collector:4318: takes spans in OTLP over HTTP. Default: none.",
            valueName: "url"
        ),
        transform: { text in
            guard let address = CollectorAddress(text) else {
                throw ValidationError("'\(text)' is not a URL such as http://collector:4318")
            }
            return Endpoint(text: text, address: address)
        }
    )
    var otlpEndpoint: Endpoint?

    @Option(
        help: ArgumentHelp(
            "Authorities of the collector's certificate, PEM. Default: those of the system.",
            valueName: "file"
        )
    )
    var otlpCa: String?

    @Option(
        help: ArgumentHelp(
            "Which share of the requests that come without a trace is traced, 0 to 1; others do as their caller says.",
            valueName: "share"
        )
    )
    var traceShare: Double = 0

    /// The collector, and how it was spelled.
    struct Endpoint: Sendable {
        /// The spelling.
        let text: String
        /// The address.
        let address: CollectorAddress
    }

    func validate() throws {
        guard (0...1).contains(traceShare) else { throw ValidationError("--trace-share must be from 0 to 1") }
        guard otlpEndpoint != nil || (otlpCa == nil && traceShare == 0) else {
            throw ValidationError("--otlp-ca and --trace-share need --otlp-endpoint")
        }
    }

    /// What sends the spans in `queue`; nil without a collector.
    ///
    /// - Throws: What is wrong with the authorities.
    func exporter(
        _ queue: SpanQueue,
        report: @escaping @Sendable (String?) -> Void
    ) throws -> SpanExporter? {
        guard let address = otlpEndpoint?.address else { return nil }
        var tls: TLSClientConfiguration?
        if address.isSecure {
            let authorities = try otlpCa.map { try CertificateChain(pem: PEMFile.read($0)) }
            tls = TLSClientConfiguration(authorities: authorities)
        }
        let client = try HTTPClient(
            endpoint: address.endpoint,
            tls: tls,
            group: MultiThreadedEventLoopGroup(numberOfThreads: 1),
            limits: HTTPClientLimits(responseTimeout: .seconds(10), bodyBytes: 64 << 10)
        )
        let resource = [("service.name", "pillion"), ("service.version", Pillion.version)]
        let host = Environment["HOSTNAME"].map { [("service.instance.id", $0)] } ?? []
        return SpanExporter(
            queue: queue,
            client: client,
            path: address.path,
            resource: (resource + host).map { (name: $0.0, value: $0.1) },
            report: report
        )
    }
}
