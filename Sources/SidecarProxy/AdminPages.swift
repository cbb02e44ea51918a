import AccessLog
import JSON
import Logging
import NIOCore
import Observability
import OpenSSL
import ProxyConfiguration
import ServerCore
import Synchronization

/// What the pages of the admin port show, in Envoy's words where it has them.
struct AdminPages {
    private let server: ProxyServer

    init(_ server: ProxyServer) {
        self.server = server
    }

    /// `/clusters`, summed over the loops.
    func clusters() async -> [ClusterStatus] {
        var result: [ClusterStatus] = []
        for worker in server.workers.values {
            let part = try? await worker.eventLoop.submit { worker.value.clusters.map { ClusterStatus($0) } }.get()
            for cluster in part ?? [] {
                if let index = result.firstIndex(where: { $0.name == cluster.name }) {
                    result[index].add(cluster)
                } else {
                    result.append(cluster)
                }
            }
        }
        return result
    }

    /// `/listeners`: name and address.
    func listeners() -> [(name: String, address: NetworkAddress)] {
        zip(server.snapshot.bootstrap.listeners, server.listeners)
            .map { configuration, listener in
                let port = listener.boundPort.map { UInt16(clamping: $0) } ?? configuration.address.port
                return (listener.label, NetworkAddress(host: configuration.address.host, port: port))
            }
    }

    /// `/certs`: Envoy's fields and, beside them, whom a certificate is for and by, and its fingerprint.
    func certificates() -> JSONValue {
        let now = Int64(HTTPDate.now())
        let list = server.snapshot.credentials.map { credentials -> JSONValue in
            func describe(_ certificates: CertificateChain?) -> JSONValue {
                .array((certificates?.certificates ?? []).map { Self.describe($0, now: now) })
            }
            return [
                "for": .string(credentials.label), "ca_cert": describe(credentials.authorities),
                "cert_chain": describe(credentials.chain),
            ]
        }
        return ["certificates": .array(list)]
    }

    private static func describe(_ certificate: Certificate, now: Int64) -> JSONValue {
        let names = certificate.alternativeNames
        let alternatives =
            names.dnsNames.map { ["dns": .string($0)] as JSONValue }
            + names.uris.map { ["uri": .string($0)] as JSONValue }
            + names.ipAddresses.map { ["ip_address": .string($0)] as JSONValue }
        return [
            "serial_number": .string(certificate.serialNumber), "subject_alt_names": .array(alternatives),
            "days_until_expiration": .string("\(max(0, (certificate.notAfter - now) / 86_400))"),
            "valid_from": .string(HTTPDate.timestamp(Int(clamping: certificate.notBefore))),
            "expiration_time": .string(HTTPDate.timestamp(Int(clamping: certificate.notAfter))),
            "subject": .string(certificate.subject), "issuer": .string(certificate.issuer),
            "sha256": .string(certificate.fingerprint),
        ]
    }

    /// `/why`: the last failures, newest first.
    func failures() -> [FailureEntry] {
        FailureRing.merged(server.tables.failures.withLock { Array($0.values) })
    }

    /// `/memory`: Envoy's fields, of which an allocator without page heap has few.
    func memory() -> JSONValue {
        let heap = HeapUsage.current()
        return [
            "allocated": .string("\(heap.allocated)"), "heap_size": .string("\(heap.total)"),
            "pageheap_unmapped": "0", "pageheap_free": .string("\(heap.free)"), "total_thread_cache": "0",
            "total_physical_bytes": .string("\(heap.total)"),
        ]
    }

    /// `/server_info`.
    func information(state: String) -> JSONValue {
        let settings = server.settings
        let uptime = "\((NIODeadline.now() - server.started).nanoseconds / 1_000_000_000)s"
        let node = (try? JSONParser.parse(server.snapshot.bootstrap.document))?["node"]
        var options: JSONObject = [
            "concurrency": .integer(settings.concurrency), "config_path": .string(settings.configurationFile),
            "mode": "Serve", "life_cycle": .string(settings.exit.lifeCycle.rawValue),
            "grace_period": .string("\(settings.exit.gracePeriod.components.seconds)s"),
        ]
        if let level = settings.logThreshold?.level { options["log_level"] = .string(level.rawValue) }
        return [
            "version": .string(settings.version), "state": .string(state), "uptime_current_epoch": .string(uptime),
            "uptime_all_epochs": .string(uptime), "hot_restart_version": "disabled",
            "command_line_options": .object(options), "node": node ?? [:],
        ]
    }
}
