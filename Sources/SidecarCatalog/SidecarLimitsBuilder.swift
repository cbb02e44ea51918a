import JSON

/// Reads `sidecarsPerPod` of the catalog.
struct SidecarLimitsBuilder {
    /// The declaration; nil when there is none.
    let value: JSONValue?
    /// Where it stands.
    let pointer: JSONPointer

    /// The limits; everything that is wrong with them is reported.
    func build(_ findings: inout DocumentFindings) -> SidecarLimits {
        let limits = SidecarLimits(
            warnAbove: number("warnAbove", &findings),
            denyAbove: number("denyAbove", &findings)
        )
        if let warnAbove = limits.warnAbove, let denyAbove = limits.denyAbove, warnAbove >= denyAbove {
            findings.warning(
                .invalidValue,
                "nobody is warned: pods with more than \(denyAbove) sidecars are denied",
                hint: "make 'warnAbove' smaller than 'denyAbove'",
                at: pointer.appending("warnAbove")
            )
        }
        return limits
    }

    private func number(_ field: String, _ findings: inout DocumentFindings) -> Int? {
        guard let number = value?[field]?.number?.integer else { return nil }
        guard (0...Self.maximum).contains(number) else {
            let hint = "a number from 0 to \(Self.maximum)"
            findings.error(.invalidValue, "'\(field)' is \(number)", hint: hint, at: pointer.appending(field))
            return nil
        }
        return number
    }

    /// More containers fit in no pod.
    private static let maximum = 1000
}
