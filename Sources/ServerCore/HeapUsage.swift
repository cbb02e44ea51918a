import CMalloc

/// What the C library's allocator holds, mallinfo2(3).
public struct HeapUsage: Sendable, Equatable {
    /// Bytes that the program has allocated and not freed.
    public let allocated: UInt
    /// Bytes that the allocator has of the system, in use or not.
    public let total: UInt

    /// Bytes that are kept for allocations to come.
    public var free: UInt { total > allocated ? total - allocated : 0 }

    /// What holds now; walks the arenas, so it is for people and not for every scrape.
    public static func current() -> HeapUsage {
        let allocated = CMalloc_allocated_bytes()
        return HeapUsage(allocated: allocated, total: max(allocated, CMalloc_heap_bytes()))
    }
}
