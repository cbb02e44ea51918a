/// Where the members of a large object stand, by the hash of their names.
///
/// A dictionary would keep the names once more, and take several times the memory.
struct NameIndex {
    /// Half of a hash, and below it a place and one more; 0 is free.
    ///
    /// There are a power of two, of which at most three quarters are used.
    private var slots = [UInt64](repeating: 0, count: 128)
    private var count = 0

    /// Finds a place by its hash, or notes `place` under it.
    ///
    /// - Parameters:
    ///   - hash: The hash of the name at `place`, seeded so that nobody can foresee it.
    ///   - place: Below 2^32 - 1.
    ///   - isNamesake: Whether the name at an earlier place is the same.
    /// - Returns: The earlier place of that name, or nil if `place` was noted.
    mutating func find(_ hash: Int, orAdd place: Int, isNamesake: (Int) -> Bool) -> Int? {
        let half = UInt64(UInt32(truncatingIfNeeded: hash))
        var slot = first(half)
        while slots[slot] != 0 {
            let known = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
            if slots[slot] >> 32 == half, isNamesake(known) { return known }
            slot = next(slot)
        }
        slots[slot] = half << 32 | UInt64(UInt32(truncatingIfNeeded: place + 1))
        count += 1
        if count > slots.count / 4 * 3 { grow() }
        return nil
    }

    private func first(_ half: UInt64) -> Int {
        Int(truncatingIfNeeded: half) & (slots.count - 1)
    }

    private func next(_ slot: Int) -> Int {
        (slot + 1) & (slots.count - 1)
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 {
            var slot = first(entry >> 32)
            while slots[slot] != 0 { slot = next(slot) }
            slots[slot] = entry
        }
    }
}
