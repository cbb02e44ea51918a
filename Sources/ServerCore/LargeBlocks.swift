import CMalloc

/// How the C library's allocator treats large blocks of memory.
public enum LargeBlocks {
    /// The size in bytes from which a block is mapped by itself.
    static let threshold: Int32 = 1 << 20

    /// Has every block of a mebibyte and more mapped by itself, and so given back to the system as soon as it is freed.
    ///
    /// glibc does so at first, but with every large block that is freed it raises the size from which it does (mallopt(3),
    /// `M_MMAP_THRESHOLD`), up to 32 MiB. A few reviews of 18 MB then leave 50 MiB resident for good.
    ///
    /// - Returns: Whether the allocator takes the setting.
    @discardableResult
    public static func keepApart() -> Bool {
        mallopt(M_MMAP_THRESHOLD, threshold) == 1
    }
}
