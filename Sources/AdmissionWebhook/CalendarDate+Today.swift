import Glibc
public import SidecarCatalog

extension CalendarDate {
    /// The date in UTC by the system's clock; nil when the clock cannot be read.
    ///
    /// All replicas, and everybody who asks offline, so agree on the day on which a version ends.
    public static var today: CalendarDate? {
        let seconds = time(nil)
        return seconds < 0 ? nil : CalendarDate(daysSinceEpoch: Int(seconds) / 86_400)
    }
}
