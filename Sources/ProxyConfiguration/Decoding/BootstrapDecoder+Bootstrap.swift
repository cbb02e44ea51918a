import JSON
import Spelling

extension BootstrapDecoder {
    /// A `Bootstrap`, the whole document.
    mutating func bootstrap(_ node: ConfigurationNode) -> Bootstrap {
        var result = Bootstrap(listeners: [], clusters: [])
        guard let message = message(node, .bootstrap) else { return result }
        if let node = message["node"] { readNode(node) }
        if let admin = message["admin"] { result.admin = self.admin(admin) }
        guard let resources = message["static_resources"] else {
            report(.missing, node.pointer, "static_resources is missing; it holds the listeners and clusters")
            return result
        }
        guard let resources = self.message(resources, .staticResources) else { return result }
        // Routes may name any cluster, wrong ones too: those have their own findings.
        clusterNames = resources["clusters"]?.elements.compactMap { $0.value["name"]?.string } ?? []
        result.clusters = list(resources["clusters"]) { decoder, node in decoder.cluster(node) }
        result.listeners = list(resources["listeners"]) { decoder, node in decoder.listener(node) }
        rejectDuplicates(result.clusters.map(\.name), "cluster", resources["clusters"])
        rejectDuplicates(result.listeners.map(\.name).filter { !$0.isEmpty }, "listener", resources["listeners"])
        rejectDuplicateAddresses(resources["listeners"])
        return result
    }

    /// Checks that a cluster of this name exists, and gives the name.
    mutating func clusterName(_ node: ConfigurationNode) -> String? {
        guard let name = string(node) else { return nil }
        guard !name.isEmpty else {
            report(.invalidValue, node.pointer, "must not be empty")
            return nil
        }
        guard !clusterNames.contains(name) else { return name }
        let nearest = NearestName.nearest(to: name, among: clusterNames)
        let hint = nearest.map { "did you mean \"\($0)\"?" } ?? "known: \(clusterNames.joined(separator: ", "))"
        report(.unresolved, node.pointer, "there is no cluster \"\(name)\"; \(hint)")
        return name
    }

    private mutating func readNode(_ node: ConfigurationNode) {
        guard let message = message(node, .node) else { return }
        var ignored = ""
        read(message["id"], into: &ignored)
        read(message["cluster"], into: &ignored)
    }

    private mutating func admin(_ node: ConfigurationNode) -> NetworkAddress? {
        guard let message = message(node, .admin) else { return nil }
        if let path = message["access_log_path"], let text = string(path), text != "/dev/null" {
            report(.unsupported, path.pointer, "the admin port has no access log; remove the field or say /dev/null")
        }
        return message["address"].flatMap { address($0) }
    }

    private mutating func rejectDuplicates(_ names: [String], _ kind: String, _ node: ConfigurationNode?) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            guard let node else { return }
            let twins = node.elements.filter { $0.value["name"]?.string == name }
            let pointer = (twins.last?.pointer ?? node.pointer).appending("name")
            report(.duplicate, pointer, "there is already a \(kind) \"\(name)\"; give each its own name")
        }
    }

    private mutating func rejectDuplicateAddresses(_ node: ConfigurationNode?) {
        var seen: Set<String> = []
        for listener in node?.elements ?? [] {
            let socket = listener.value["address"]?["socket_address"]
            guard let host = socket?["address"]?.string, let port = socket?["port_value"], port.integer != 0 else {
                continue
            }
            guard let number = port.integer.map(String.init) ?? port.string else { continue }
            guard !seen.insert("\(host) \(number)").inserted else { continue }
            let pointer = listener.pointer.appending("address")
            report(.duplicate, pointer, "another listener has the address \(host), port \(number)")
        }
    }
}
