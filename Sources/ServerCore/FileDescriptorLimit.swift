import Glibc

/// The limit on open file descriptors, which bounds the connections a process can hold.
public enum FileDescriptorLimit {
    /// Raises the soft limit to the hard limit, once at start.
    ///
    /// The soft limit is often 1,024 for the sake of programs that use `select`, which this one does not.
    ///
    /// - Returns: The soft limit now in force, or nil when the system does not tell.
    @discardableResult
    public static func raise() -> UInt64? {
        var limit = rlimit()
        // Safety: both calls only read or write the struct they are given.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        guard limit.rlim_cur < limit.rlim_max else { return UInt64(limit.rlim_cur) }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return UInt64(before) }
        return UInt64(limit.rlim_cur)
    }
}
