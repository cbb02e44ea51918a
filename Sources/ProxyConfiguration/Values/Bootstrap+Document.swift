public import JSON

extension Bootstrap {
    /// The document of a file, in which private keys that stand in it are no longer to be read.
    static func redacted(_ value: JSONValue, isSecret: Bool = false) -> JSONValue {
        switch value {
        case .object(let object):
            var copy = object
            for member in object {
                // proto3's JSON mapping takes either spelling: private_key and privateKey.
                let field = BootstrapDecoder.protoName(member.key)
                let isKey = field == "private_key" || field == "password"
                if isSecret, field == "inline_string" {
                    copy[member.key] = "[redacted]"
                } else if isSecret, field == "inline_bytes" {
                    // "[redacted]" in base64.
                    copy[member.key] = "W3JlZGFjdGVkXQ=="
                } else {
                    copy[member.key] = redacted(member.value, isSecret: isKey)
                }
            }
            return .object(copy)
        case .array(let elements): return .array(elements.map { redacted($0) })
        default: return value
        }
    }

    /// Has the first listener listen at another address.
    ///
    /// - Returns: Whether there is a listener.
    public mutating func listen(at address: NetworkAddress) -> Bool {
        guard !listeners.isEmpty else { return false }
        listeners[0].address = address
        changeFirst("listeners") { $0["address"] = Self.json(address) }
        return true
    }

    /// Has the first cluster forward to one address, or to the first of several that answers.
    ///
    /// - Returns: Whether there is a cluster.
    public mutating func forward(to addresses: [NetworkAddress]) -> Bool {
        guard !clusters.isEmpty else { return false }
        clusters[0].endpoints = addresses.map { EndpointConfiguration($0) }
        if addresses.count > 1 { clusters[0].loadBalancing = .firstReachable }
        let name = clusters[0].name
        changeFirst("clusters") { $0["load_assignment"] = Self.assignment(name, addresses) }
        return true
    }

    private mutating func changeFirst(_ kind: String, _ change: (inout JSONObject) -> Void) {
        guard let root = try? JSONParser.parse(document), var object = root.object,
            var resources = object["static_resources"]?.object, var list = resources[kind]?.array,
            var first = list.first?.object
        else { return }
        change(&first)
        list[0] = .object(first)
        resources[kind] = .array(list)
        object["static_resources"] = .object(resources)
        document = JSONWriter.compact(.object(object))
    }

    /// A `core.v3.Address`.
    public static func json(_ address: NetworkAddress) -> JSONValue {
        ["socket_address": ["address": .string(address.host), "port_value": .integer(Int(address.port))]]
    }

    /// A `ClusterLoadAssignment`.
    static func assignment(_ cluster: String, _ addresses: [NetworkAddress]) -> JSONValue {
        let endpoints = addresses.map { address -> JSONValue in ["endpoint": ["address": json(address)]] }
        return ["cluster_name": .string(cluster), "endpoints": [["lb_endpoints": .array(endpoints)]]]
    }
}
