/// The processors that the container may use.
enum ProcessorQuota {
    /// The quota of the control group (version 2) rounded up, or 1 when there is none.
    ///
    /// Without a limit one loop is right all the same: the application has the better claim to the other processors.
    static func allowed() -> Int {
        guard let bytes = TextFile.read("/sys/fs/cgroup/cpu.max", limit: 256) else { return 1 }
        return parse(String(decoding: bytes, as: UTF8.self)) ?? 1
    }

    /// Reads `QUOTA PERIOD` in microseconds; nil for `max PERIOD`.
    static func parse(_ text: String) -> Int? {
        let words = text.split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let quota = Int(words[0]), let period = Int(words[1]), quota > 0, period > 0,
            quota < Int.max - period
        else { return nil }
        return (quota + period - 1) / period
    }
}
