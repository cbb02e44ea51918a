import CMalloc

/// What the C library's allocator keeps of the memory that a program has freed.
public enum FreedMemory {
    /// Gives whole free pages back to the system, again and again until the task is cancelled.
    ///
    /// glibc has a heap for each thread and shrinks it only at its end, where some small block that lives on is enough to
    /// keep everything below it resident. A minute with many connections would else be seen for good in a pod's memory.
    /// One pass over a heap of 10 MiB takes less than a millisecond, and only that heap's thread may have to wait for it.
    ///
    /// - Parameter interval: The time between two passes.
    public static func giveBack(every interval: Duration = .seconds(10)) async {
        while (try? await Task.sleep(for: interval)) != nil { malloc_trim(0) }
    }
}
