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
        var members: [Int: [SidecarName]] = [:]
        for (name, phase) in phases { members[phase, default: []].append(name) }
        for (_, names) in members.sorted(by: { $0.key < $1.key }) {
            let started = start(names)
            order += started
            let waiting = Set(names).subtracting(started)
            if !waiting.isEmpty { cycles.append(cycle(among: waiting)) }
        }
        return (order, cycles)
    }

    /// The sidecars of a phase in start order: of those that wait for none, always the first by name.
    private func start(_ names: [SidecarName]) -> [SidecarName] {
        var missing: [SidecarName: Int] = [:]
        var successors: [SidecarName: [SidecarName]] = [:]
        for name in names {
            let before = predecessors[name] ?? []
            missing[name] = before.count
            for earlier in before { successors[earlier, default: []].append(name) }
        }
        // The last one is the next to start.
        var ready = names.filter { missing[$0] == 0 }.sorted { $1 < $0 }
        var order: [SidecarName] = []
        while let name = ready.popLast() {
            order.append(name)
            for successor in successors[name] ?? [] {
                let left = (missing[successor] ?? 0) - 1
                missing[successor] = left
                guard left == 0 else { continue }
                ready.insert(successor, at: ready.partitioningIndex { $0 < successor })
            }
        }
        return order
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

extension [SidecarName] {
    /// The first index whose element fits, where all elements after one that fits do.
    fileprivate func partitioningIndex(where fits: (SidecarName) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if fits(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
