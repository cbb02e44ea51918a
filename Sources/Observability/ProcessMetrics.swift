import Glibc

/// The standard metrics of a process, read from `/proc` at each exposition.
public enum ProcessMetrics {
    /// Registers `process_*` and `pillion_build_info`.
    ///
    /// - Parameters:
    ///   - registry: Where to.
    ///   - version: The version of the program.
    public static func register(in registry: MetricRegistry, version: String) {
        registry.observe("pillion_build_info", help: "The version of the program; the value is 1.", kind: .gauge) {
            [MetricSample(1, labels: [("version", version)])]
        }
        observe(registry, "process_cpu_seconds_total", .counter, "User and system CPU time spent, in seconds.") {
            cpuSeconds()
        }
        observe(registry, "process_resident_memory_bytes", .gauge, "Resident memory size in bytes.") {
            ProcFile.statusKilobytes("VmRSS:").map { $0 * 1024 }
        }
        observe(registry, "process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes.") {
            ProcFile.statusKilobytes("VmSize:").map { $0 * 1024 }
        }
        observe(registry, "process_open_fds", .gauge, "Number of open file descriptors.") {
            ProcFile.openDescriptors().map(Double.init)
        }
        observe(registry, "process_max_fds", .gauge, "Maximum number of open file descriptors.") {
            maximumDescriptors()
        }
        let start = ProcFile.startTime()
        observe(
            registry,
            "process_start_time_seconds",
            .gauge,
            "Start time of the process since unix epoch in seconds."
        ) {
            start
        }
    }

    private static func observe(
        _ registry: MetricRegistry,
        _ name: MetricName,
        _ kind: MetricKind,
        _ help: String,
        read: @escaping @Sendable () -> Double?
    ) {
        registry.observe(name, help: help, kind: kind) { read().map { [MetricSample($0)] } ?? [] }
    }

    private static func cpuSeconds() -> Double? {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func maximumDescriptors() -> Double? {
        var limit = rlimit()
        // Safety: the call only writes the struct it is given.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Double(limit.rlim_cur)
    }
}
