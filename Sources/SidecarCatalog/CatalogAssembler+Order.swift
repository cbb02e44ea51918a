import JSON

extension CatalogAssembler {
    private static let spec = JSONPointer(["spec"])

    /// The names of the sidecars in start order; what makes an order impossible is reported.
    mutating func order() -> [SidecarName] {
        var order = StartOrder(phases: phases())
        for index in sidecars.indices {
            require("after", of: index, &order)
            require("before", of: index, &order)
        }
        let (names, cycles) = order.resolve()
        for cycle in cycles {
            report(cycle)
        }
        return names
    }

    /// The place of each sidecar's phase; a sidecar without one starts in the last.
    private mutating func phases() -> [SidecarName: Int] {
        var phases: [SidecarName: Int] = [:]
        for index in sidecars.indices {
            let last = max(0, policy.phases.count - 1)
            phases[sidecars[index].name] = last
            guard let phase = sidecars[index].phase else { continue }
            if let place = policy.phases.firstIndex(of: phase) {
                phases[sidecars[index].name] = place
            } else {
                let hint = Hint.choose(phase, among: policy.phases, "phases of the catalog")
                let message = "there is no phase \(Quoted(phase))"
                sidecars[index].findings.error(.unknownPhase, message, hint: hint, at: Self.spec.appending("phase"))
            }
        }
        return phases
    }

    private mutating func require(_ field: String, of index: Int, _ order: inout StartOrder) {
        let isAfter = field == "after"
        let name = sidecars[index].name
        for (position, other) in (isAfter ? sidecars[index].after : sidecars[index].before).enumerated() {
            let place = Self.spec.appending(field).appending(position)
            guard let other = SidecarName(other), names.contains(other) else {
                let hint = Hint.nearest(other, among: others(than: name)) ?? "the order ignores it"
                let message = "there is no sidecar \(Quoted(other))"
                sidecars[index].findings.warning(.unknownSidecar, message, hint: hint, at: place)
                continue
            }
            let (first, second) = isAfter ? (other, name) : (name, other)
            guard !order.require(first, before: second) else { continue }
            let message = "'\(first)' cannot start before '\(second)', since its phase is a later one"
            sidecars[index].findings.error(.orderCycle, message, hint: "phases come first", at: place)
        }
    }

    /// Reports conflicts with sidecars that do not exist, and with themselves.
    mutating func checkConflicts() {
        for index in sidecars.indices {
            let name = sidecars[index].name
            for (position, other) in sidecars[index].conflicts.enumerated()
            where other == name.rawValue || SidecarName(other).map(names.contains) != true {
                let place = Self.spec.appending("conflicts").appending(position)
                guard other != name.rawValue else {
                    let message = "'\(name)' cannot conflict with itself"
                    sidecars[index].findings.error(.invalidValue, message, hint: "remove it", at: place)
                    continue
                }
                let hint = Hint.nearest(other, among: others(than: name)) ?? "the conflict has no effect"
                let message = "there is no sidecar \(Quoted(other))"
                sidecars[index].findings.warning(.unknownSidecar, message, hint: hint, at: place)
            }
        }
    }

    /// The names that may be meant where a sidecar names another.
    private func others(than name: SidecarName) -> some Sequence<String> {
        names.lazy.filter { $0 != name }.map(\.rawValue)
    }

    private mutating func report(_ cycle: StartOrder.Cycle) {
        guard let first = cycle.names.first, let index = sidecars.firstIndex(where: { $0.name == first }) else {
            return
        }
        let path = (cycle.names + [first]).map(\.rawValue).joined(separator: " before ")
        let field = sidecars[index].after.isEmpty ? "before" : "after"
        sidecars[index].findings.error(
            .orderCycle,
            "the start order has a cycle: \(path)",
            hint: "remove one 'after' or 'before'",
            at: Self.spec.appending(field)
        )
    }
}
