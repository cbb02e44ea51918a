/// Puts sidecars in the order in which they start: by phase, then by `after` and `before`, then by name.
struct StartOrder {
    /// Why there is no order.
    struct Cycle: Equatable {
        /// The sidecars in it, each of which starts before the next, and the last before the first.
        let names: [SidecarName]
    }

    /// The names of each phase, by the phase's place.
    private let phases: [SidecarName: Int]
    /// Which sidecars of the same phase start before a sidecar.
    private var predecessors: [SidecarName: Set<SidecarName>] = [:]

    /// Prepares to order sidecars of which each has a phase.
    init(phases: [SidecarName: Int]) {
        self.phases = phases
    }

    /// Demands that `first` starts before `second`.
    ///
    /// - Returns: Whether their phases allow it.
    mutating func require(_ first: SidecarName, before second: SidecarName) -> Bool {
        guard let firstPhase = phases[first], let secondPhase = phases[second] else { return true }
        if firstPhase == secondPhase { predecessors[second, default: []].insert(first) }
        return firstPhase <= secondPhase
    }

    /// All sidecars in start order, with those of a cycle left out; and the first cycle of each phase.
    func resolve() -> (order: [SidecarName], cycles: [Cycle]) {
        var order: [SidecarName] = []
        var cycles: [Cycle] = []
        for phase in Set(phases.values).sorted() {
            var waiting = phases.filter { $0.value == phase }.map(\.key).sorted()
            var started: Set<SidecarName> = []
            while !waiting.isEmpty {
                guard let next = waiting.firstIndex(where: { (predecessors[$0] ?? []).isSubset(of: started) }) else {
                    cycles.append(cycle(among: Set(waiting)))
                    break
                }
                let name = waiting.remove(at: next)
                started.insert(name)
                order.append(name)
            }
        }
        return (order, cycles)
    }

    /// Follows predecessors, of which each waiting sidecar has one that waits, until one comes up twice.
    private func cycle(among waiting: Set<SidecarName>) -> Cycle {
        var path: [SidecarName] = []
        var current = waiting.min()
        while let name = current {
            if let start = path.firstIndex(of: name) { return Cycle(names: path[start...].reversed()) }
            path.append(name)
            current = (predecessors[name] ?? []).intersection(waiting).min()
        }
        return Cycle(names: path)
    }
}
