import JSON
import ProxyConfiguration

/// The configuration in use, as Envoy's `/config_dump` shows it.
struct ConfigurationDump {
    private let document: JSONValue
    private let updated: JSONValue

    /// Takes the configuration of a snapshot.
    init(_ snapshot: ProxySnapshot) {
        document = (try? JSONParser.parse(snapshot.bootstrap.document)) ?? [:]
        updated = .string(HTTPDate.timestamp(snapshot.created))
    }

    /// Everything, or one resource alone; nil for one that there is not.
    func json(resource: String?) -> JSONValue? {
        let configs: [JSONValue]
        switch resource {
        case nil: configs = [bootstrap, clusters, listeners]
        case "bootstrap": configs = [bootstrap]
        case "static_clusters": configs = resources("clusters", "cluster", type: "ClustersConfigDump.StaticCluster")
        case "static_listeners":
            configs = resources("listeners", "listener", type: "ListenersConfigDump.StaticListener")
        default: return nil
        }
        return ["configs": .array(configs)]
    }

    private var bootstrap: JSONValue {
        ["@type": Self.type("BootstrapConfigDump"), "bootstrap": document, "last_updated": updated]
    }
    private var clusters: JSONValue {
        ["@type": Self.type("ClustersConfigDump"), "static_clusters": .array(resources("clusters", "cluster"))]
    }
    private var listeners: JSONValue {
        ["@type": Self.type("ListenersConfigDump"), "static_listeners": .array(resources("listeners", "listener"))]
    }

    private func resources(_ kind: String, _ name: String, type: String? = nil) -> [JSONValue] {
        (document["static_resources"]?[kind]?.array ?? []).map { value in
            var object = JSONObject()
            if let type { object["@type"] = Self.type(type) }
            object[name] = value
            object["last_updated"] = updated
            return .object(object)
        }
    }

    private static func type(_ name: String) -> JSONValue { .string("type.googleapis.com/envoy.admin.v3.\(name)") }
}
