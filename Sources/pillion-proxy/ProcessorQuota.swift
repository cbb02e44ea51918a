import ServerCore

/// The processors that the container may use.
enum ProcessorQuota {
    /// The lowest quota of the control groups that the process is in, rounded up, or 1 when there is none.
    ///
    /// Without a limit one loop is right all the same: the application has the better claim to the other processors.
    static func allowed() -> Int {
        ControlGroup.all(of: "cpu").compactMap { group in
            guard !group.isVersion2 else { return group.text(of: "cpu.max").flatMap(parse) }
            guard let quota = group.text(of: "cpu.cfs_quota_us"), let period = group.text(of: "cpu.cfs_period_us")
            else { return nil }
            return parse("\(quota) \(period)")
        }.min() ?? 1
    }

    /// Reads `QUOTA PERIOD` in microseconds; nil for `max PERIOD`, and for the -1 by which version 1 says the same.
    static func parse(_ text: String) -> Int? {
        let words = text.split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let quota = Int(words[0]), let period = Int(words[1]), quota > 0, period > 0,
            quota < Int.max - period
        else { return nil }
        return (quota + period - 1) / period
    }
}
