import JSON
import Manifests
import ProxyConfiguration

/// Where the configuration comes from.
enum BootstrapSource {
    /// The configuration that the options ask for.
    ///
    /// - Throws: ``UsageError`` when the options do not say enough, ``RefusedConfiguration`` when the file is wrong.
    static func bootstrap(_ options: ProxyOptions, podAddress: String?) throws -> Bootstrap {
        guard let file = options[.config] else { return try shortForm(options, podAddress) }
        var bootstrap = try read(file)
        if let listen = try options.address(.listen, host: "::") {
            guard bootstrap.listen(at: listen) else { throw UsageError(reason: "--listen: \(file) has no listener") }
        }
        if let application = try options.address(.app, host: "127.0.0.1") {
            guard bootstrap.forward(to: application) else {
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
        var hosts = [application.host]
        if application.host.isEmpty {
            let wanted = options[.appAddress] ?? "auto"
            hosts = wanted == "auto" ? ["127.0.0.1", "::1"] + (podAddress.map { [$0] } ?? []) : [wanted]
        }
        return .sidecar(listen: listen, application: application.port, hosts: hosts)
    }
}

/// A configuration that is wrong, with a line for each finding.
struct RefusedConfiguration: Error {
    let lines: [String]
}
