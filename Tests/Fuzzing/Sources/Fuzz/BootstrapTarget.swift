import JSON
import Manifests
import ProxyConfiguration

@testable import SidecarProxy

/// YAML or JSON to a validated configuration of the proxy; what needs no file is then made ready for use.
struct BootstrapTarget: FuzzTarget {
    static let name = "bootstrap"

    func run(_ input: [UInt8]) {
        let limits = ManifestLimits(fileBytes: 64 << 10, nodes: 20_000)
        guard let documents = try? ManifestReader.documents(in: input, limits: limits) else { return }
        for document in documents {
            do throws(ConfigurationError) {
                let bootstrap = try BootstrapDecoder.decode(document.value, source: document.source)
                prepare(bootstrap)
                let again = try? JSONParser.parse(JSONWriter.compact(document.value))
                require(again.flatMap { try? BootstrapDecoder.decode($0) } == bootstrap, "as JSON it means otherwise")
            } catch {
                require(!error.diagnostics.isEmpty, "refused without a finding")
                for finding in error.diagnostics { require(!finding.reason.isEmpty, "a finding says nothing") }
            }
        }
    }

    private func prepare(_ bootstrap: Bootstrap) {
        let names = bootstrap.clusters.map(\.name)
        for listener in bootstrap.listeners where listener.filterChains.allSatisfy({ $0.tls == nil }) {
            guard listener.defaultFilterChain?.tls == nil else { continue }
            _ = try? ListenerPlan(listener, clusters: names, spans: SpanQueues())
        }
    }
}
