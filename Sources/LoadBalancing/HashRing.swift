/// A ring of hashes on which every endpoint has places in proportion to its weight (Ketama), as Envoy builds it.
///
/// A request goes to the endpoint at the first place from its hash on. When endpoints come or go, only the requests
/// between a changed place and the one before move. The same endpoints give the same ring, whatever their order.
struct HashRing: Sendable {
    /// The places in ascending order.
    private(set) var hashes: [UInt64] = []
    private var owners: [UInt32] = []

    init() {}

    /// Makes a ring; `minimumSize` is rounded up so that the lightest endpoint has a whole number of places.
    init(_ endpoints: [Endpoint], minimumSize: UInt64, maximumSize: UInt64, function: HashFunction = .xxHash) {
        let total = endpoints.reduce(0.0) { $0 + Double($1.weight) }
        guard total > 0, let lightest = endpoints.map(\.weight).min() else { return }
        let share = Double(lightest) / total
        let wanted = (share * Double(minimumSize)).rounded(.up) / share
        let scale = min(wanted, Double(max(1, min(maximumSize, 8_388_608))))
        var places: [(hash: UInt64, owner: UInt32)] = []
        places.reserveCapacity(Int(scale.rounded(.up)))
        var target = 0.0
        for index in endpoints.indices.sorted(by: { endpoints[$0].key < endpoints[$1].key }) {
            let endpoint = endpoints[index]
            let prefix = Array("\(endpoint.key)_".utf8)
            target += scale * Double(endpoint.weight) / total
            var replica = 0
            while Double(places.count) < target {
                places.append((function.hash((prefix + Array(String(replica).utf8)).span), UInt32(index)))
                replica += 1
            }
        }
        // Equal hashes are next to impossible; a tie must not depend on the order of the endpoints all the same.
        places.sort {
            $0.hash == $1.hash ? endpoints[Int($0.owner)].key < endpoints[Int($1.owner)].key : $0.hash < $1.hash
        }
        hashes = places.map(\.hash)
        owners = places.map(\.owner)
    }

    /// The endpoint for `hash`, or nil on an empty ring.
    ///
    /// - Parameters:
    ///   - hash: The hash of the request.
    ///   - attempt: How many endpoints have been passed over: so many places further on.
    /// - Returns: The endpoint's index among those the ring was made of.
    func owner(of hash: UInt64, attempt: Int = 0) -> Int? {
        guard !owners.isEmpty else { return nil }
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return Int(owners[(low + attempt) % owners.count])
    }
}
