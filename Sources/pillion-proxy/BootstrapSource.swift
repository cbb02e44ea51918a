import HTTPClient
import JSON
import Manifests
import ProxyConfiguration
import Tracing

/// Where the configuration comes from.
enum BootstrapSource {
    /// The configuration that the options ask for.
    ///
    /// - Throws: ``UsageError`` when the options do not say enough, ``RefusedConfiguration`` when the file is wrong.
    static func bootstrap(_ options: ProxyOptions, podAddress: String?) throws -> Bootstrap {
        var bootstrap = try configured(options, podAddress: podAddress)
        guard let text = options[.otlpEndpoint] else {
            guard options[.traceShare] == nil else { throw UsageError(reason: "--trace-share needs --otlp-endpoint") }
            return bootstrap
        }
        guard let collector = CollectorAddress(text) else {
            throw UsageError(reason: "--otlp-endpoint \"\(text)\" is not a URL such as http://collector:4318")
        }
        let share = try options.share(.traceShare)
        bootstrap.trace(
            to: NetworkAddress(host: collector.endpoint.host, port: UInt16(clamping: collector.endpoint.port)),
            isSecure: collector.isSecure,
            path: collector.path,
            share: share
        )
        return bootstrap
    }

    private static func configured(_ options: ProxyOptions, podAddress: String?) throws -> Bootstrap {
        guard let file = options[.config] else { return try shortForm(options, podAddress) }
        var bootstrap = try read(file)
        if let listen = try options.address(.listen, host: "::") {
            guard bootstrap.listen(at: listen) else { throw UsageError(reason: "--listen: \(file) has no listener") }
        }
        if let application = try options.address(.app, host: "") {
            let addresses = hosts(application, options, podAddress)
                .map { NetworkAddress(host: $0, port: application.port) }
            guard bootstrap.forward(to: addresses) else {
                throw UsageError(reason: "--app: \(file) has no cluster")
            }
        }
        return bootstrap
    }

    /// Reads a bootstrap file.
    static func read(_ file: String) throws -> Bootstrap {
        guard let bytes = TextFile.read(file) else {
            throw RefusedConfiguration(lines: ["\(file): cannot be read; does it exist, and is it below 4 MiB?"])
        }
        do {
            let documents = try ManifestReader.documents(in: bytes, file: file).filter { !$0.value.isNull }
            guard let document = documents.first else {
                throw RefusedConfiguration(lines: ["\(file):1:1: (document): is empty; static_resources is missing"])
            }
            if documents.count > 1 {
                let place = documents[1].source.start
                let reason = "another document begins here; a bootstrap is one"
                throw RefusedConfiguration(lines: ["\(file):\(place): (document): \(reason)"])
            }
            do throws(ConfigurationError) {
                return try BootstrapDecoder.decode(document.value, source: document.source)
            } catch {
                var lines = error.diagnostics.map { $0.description(file: file) }
                if error.omitted > 0 { lines.append("\(file): \(error.omitted) more findings") }
                throw RefusedConfiguration(lines: lines)
            }
        } catch let error as ManifestError {
            throw RefusedConfiguration(lines: ["\(error.location): \(error.reason)"])
        }
    }

    private static func shortForm(_ options: ProxyOptions, _ podAddress: String?) throws(UsageError) -> Bootstrap {
        guard let listen = try options.address(.listen, host: "::"),
            let application = try options.address(.app, host: "")
        else { throw UsageError(reason: "give -c FILE, or --listen PORT and --app PORT; see --help") }
        guard application.port != 0 else { throw UsageError(reason: "--app needs a port other than 0") }
        let hosts = hosts(application, options, podAddress)
        return .sidecar(listen: listen, application: application.port, hosts: hosts)
    }

    /// Where the application may listen: as the flag says, else on loopback or the pod's address.
    private static func hosts(_ application: NetworkAddress, _ options: ProxyOptions, _ podAddress: String?) -> [String]
    {
        guard application.host.isEmpty else { return [application.host] }
        let wanted = options[.appAddress] ?? "auto"
        return wanted == "auto" ? ["127.0.0.1", "::1"] + (podAddress.map { [$0] } ?? []) : [wanted]
    }
}

/// A configuration that is wrong, with a line for each finding.
struct RefusedConfiguration: Error {
    let lines: [String]
}
