import JSON
import SidecarCatalog

/// What sidecars occupy in a pod, by what it is: two sidecars with the same key may collide.
///
/// Only what stands under one key is compared, so the work grows with the sidecars and the collisions.
struct PairIndex<Key: Hashable> {
    /// What one sidecar occupies.
    struct Occupant {
        /// The sidecar's place in the start order.
        let sidecar: Int
        /// The version.
        let version: LintedVersion
        /// Where the version says so.
        let pointer: JSONPointer
        /// What is there; two of the same do not collide where `sameIsFine`.
        let value: JSONValue
    }

    /// What stands under each key, in the order in which the keys came.
    private var groups: [(key: Key, occupants: [Occupant])] = []
    /// The place of each key's group.
    private var places: [Key: Int] = [:]

    /// Makes an empty table.
    init() {}

    /// Fills a table: `entries` says what a version occupies.
    init(_ catalog: LintedCatalog, _ entries: (LintedVersion) -> [(key: Key, value: JSONValue, pointer: JSONPointer)]) {
        for (index, sidecar) in catalog.sidecars.enumerated() {
            for version in sidecar.versions {
                for entry in entries(version) {
                    insert(
                        entry.key,
                        Occupant(sidecar: index, version: version, pointer: entry.pointer, value: entry.value)
                    )
                }
            }
        }
    }

    /// Adds an occupant; of several versions of a sidecar that occupy the same in the same way the first counts.
    private mutating func insert(_ key: Key, _ occupant: Occupant) {
        guard let place = places[key] else {
            places[key] = groups.count
            groups.append((key, [occupant]))
            return
        }
        // The versions of one sidecar come after each other, so only the end has to be looked at.
        let own = groups[place].occupants.reversed().prefix { $0.sidecar == occupant.sidecar }
        guard !own.contains(where: { $0.value == occupant.value }) else { return }
        groups[place].occupants.append(occupant)
    }

    /// Calls `report` for each pair of different sidecars under one key that may meet in a pod, until it has been
    /// called as often as findings are kept.
    ///
    /// - Parameters:
    ///   - catalog: Where the sidecars are from.
    ///   - sameIsFine: Whether two sidecars may occupy the same when the values are equal.
    ///   - report: What to do with the key, the earlier and the later sidecar of a pair.
    func forEachPair(
        in catalog: LintedCatalog,
        sameIsFine: Bool,
        _ report: (_ key: Key, _ first: Occupant, _ second: Occupant) -> Void
    ) {
        var count = 0
        for (key, present) in groups where present.count > 1 {
            var seen: Set<[Int]> = []
            for (position, second) in present.enumerated() {
                for first in present[..<position] where first.sidecar != second.sidecar {
                    guard !(sameIsFine && first.value == second.value) else { continue }
                    guard catalog.mayMeet(first.sidecar, second.sidecar) else { continue }
                    guard seen.insert([first.sidecar, second.sidecar]).inserted else { continue }
                    report(key, first, second)
                    count += 1
                    guard count < LintFindings.limit else { return }
                }
            }
        }
    }
}
