import AdmissionWebhook
import ArgumentParser
import SidecarCatalog

/// The day on which the engine decides, since versions are deprecated and end on dates.
struct DateOption: ParsableArguments {
    @Option(
        name: .customLong("date"),
        help: ArgumentHelp("The day for deprecation and sunset dates. Default: today in UTC.", valueName: "YYYY-MM-DD"),
        transform: { text in
            guard let date = CalendarDate(text) else {
                throw ValidationError("'\(text)' is not a date such as 2027-06-01")
            }
            return date
        }
    )
    var date: CalendarDate?

    /// The day: what is given, else today.
    var day: CalendarDate? { date ?? .today }
}
